/*
 * What may be sent, by the name of the form: generated from the OpenAPI documents of both sites, see
 * tools/rules.mjs. Answers are described by hand in types.ts; tools/answers.mjs holds the two together.
 */
import type { components as PublicSite } from '@/generated/public'
import type { components as Review } from '@/generated/review'

export type Requests = Omit<PublicSite['schemas'] & Review['schemas'], 'problem'>
export type FormName = keyof Requests & string
