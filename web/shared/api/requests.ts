/*
 * What may be sent, by the name of the form: generated from the OpenAPI documents of both sites, see
 * tools/rules.mjs. Answers are described by hand in types.ts; tools/answers.mjs holds the two together.
 */
import type { components as PublicSite } from '@/generated/public'
import type { components as Review } from '@/generated/review'

type Schemas = PublicSite['schemas'] & Review['schemas']
/* A form's schema is called by its name and "_form". */
export type Requests = { [Name in keyof Schemas as Name extends `${infer Form}_form` ? Form : never]: Schemas[Name] }
export type FormName = keyof Requests & string
