/*
 * What is answered and what may be sent, by the names the program gives them: generated/api.ts, of
 * the OpenAPI documents of both sites (tools/rules.mjs). Nothing of it is written a second time.
 */
import type { components } from '@/generated/api'

type Schemas = components['schemas']
/* A form's schema is called by its name and "_form". */
type Forms = { [Name in keyof Schemas as Name extends `${infer Form}_form` ? Form : never]: Schemas[Name] }

export type Answer<Name extends keyof Schemas> = Schemas[Name]
export type FormName = keyof Forms & string
export type Sent<Form extends FormName> = Forms[Form]

/* What the fields of a form hold, and the files of those that take one. */
export type Value = Answer<'form_value'>
export type Values = Answer<'form_values'>
export type Files = Answer<'application'>['files']

/* Words of several answers. */
export type Certification = Answer<'unit_choice'>['certification']
export type Level = Answer<'waiting'>['desk']
export type Role = NonNullable<Answer<'session'>['role']>
