import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { seesIdentities } from '../accounts/sees-identities.ts'
import { TABLE_OF_NOUN } from '../api/case-of-noun.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { covered } from './what-is-shown.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answer is a file, and names no patient to who may not know it. */
    unnamed?: true
  }
  interface FastifyRequest {
    /** The caller may know who a patient is. */
    identities: boolean
  }
}

/**
 * Keeps patients unnamed for roles that need not know them: every answer is covered as `what-is-shown.ts` says. A file cannot
 * be covered on its way, so that a route that answers one is closed to them until it says `unnamed` where it is declared.
 */
export function keepUnnamed(app: FastifyInstance): void {
  app.decorateRequest('identities', true)
  app.addHook('preHandler', async (request) => {
    if (!request.user) return
    request.identities = await seesIdentities(app.ports.db, request.user.role)
    if (request.identities || request.routeOptions.config.unnamed || !isFile(responses(request)['200']))
      return
    throw new HttpError(403, 'NOT_ALLOWED', 'Your role does not allow this. Ask an administrator.')
  })
  app.addHook('preSerialization', async (request, reply, payload) => {
    if (request.identities || isOwn(request)) return payload
    const words = await namesOf(app.ports.db, request)
    return covered(payload, responses(request)[reply.statusCode], words, Date.now())
  })
}

const responses = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  (request.routeOptions.schema?.response ?? {}) as Readonly<Record<string, unknown>>

const isFile = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'content' in schema

/** The caller's own account, which is nobody's data but the caller's. */
const isOwn = (request: FastifyRequest): boolean =>
  /^\/api\/(me|session)\b/.test(request.routeOptions.url ?? '')

/** All that names the patient whom an address is about. */
export async function namesOf(db: Kysely<Database>, request: FastifyRequest): Promise<string[]> {
  const { id } = (request.params ?? {}) as { id?: unknown }
  const noun = request.routeOptions.url?.split('/')[2] ?? ''
  if (typeof id !== 'string') return []
  const patientId = noun === 'patients' ? id : await patientOf(db, noun, id)
  return patientId ? namesOfPatient(db, patientId) : []
}

async function patientOf(db: Kysely<Database>, noun: string, id: string): Promise<string | undefined> {
  if (!Object.hasOwn(TABLE_OF_NOUN, noun)) return undefined
  const table = TABLE_OF_NOUN[noun as keyof typeof TABLE_OF_NOUN]
  const caseId =
    table === 'cases'
      ? id
      : (await db.selectFrom(table).select('case_id').where('id', '=', id).executeTakeFirst())?.case_id
  if (!caseId) return undefined
  const row = await db.selectFrom('cases').select('patient_id').where('id', '=', caseId).executeTakeFirst()
  return row?.patient_id
}

async function namesOfPatient(db: Kysely<Database>, patientId: string): Promise<string[]> {
  const people = await db
    .selectFrom('patients')
    .select(['name', 'hospital_number', 'birth_date'])
    .where((eb) => eb.or([eb('id', '=', patientId), eb('merged_into', '=', patientId)]))
    .execute()
  const cases = await db
    .selectFrom('cases')
    .select(['marrow_number', 'former_numbers'])
    .where('patient_id', '=', patientId)
    .execute()
  return [
    ...people.flatMap(({ name, hospital_number, birth_date }) => [name, hospital_number, birth_date ?? '']),
    ...cases.flatMap(({ marrow_number, former_numbers }) => [
      marrow_number,
      ...JSON.parse(former_numbers ?? '[]').map(({ number }: { number: string }) => number),
    ]),
  ].filter(Boolean)
}
