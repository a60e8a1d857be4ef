import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { TABLE_OF_NOUN } from '../api/case-of-noun.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers a blind second reader too, and tells nothing of what the first reader did. */
    blind?: true
  }
  interface FastifyRequest {
    /** Id of the reading in which the caller is blind to the case that the request is about. */
    blindReading: string | undefined
  }
}

/**
 * Keeps a second reader blind: of a case in which the caller's reading is open, only routes that say so answer, and they
 * answer as that reading has it. A new route is closed to a blind reader until it is thought through.
 */
export function keepBlind(app: FastifyInstance): void {
  app.decorateRequest('blindReading', undefined)
  app.addHook('preHandler', async (request) => {
    const reading = await blindReadingOf(request)
    if (!reading) return
    request.blindReading = reading
    if (request.routeOptions.config.blind) return
    throw new HttpError(
      403,
      'BLIND_READING',
      'You read this case as the second reader, blind. Finish your reading; then this is shown.',
    )
  })
}

async function blindReadingOf(request: FastifyRequest): Promise<string | undefined> {
  const { id } = (request.params ?? {}) as { id?: unknown }
  const noun = request.routeOptions.url?.split('/')[2] ?? ''
  if (!request.user || typeof id !== 'string' || !Object.hasOwn(TABLE_OF_NOUN, noun)) return undefined
  const { db } = request.server.ports
  const open = await openReadingsOf(db, request.user.id)
  if (open.size === 0) return undefined
  const table = TABLE_OF_NOUN[noun as keyof typeof TABLE_OF_NOUN]
  if (table === 'cases') return open.get(id)
  const row = await db.selectFrom(table).select('case_id').where('id', '=', id).executeTakeFirst()
  return open.get(row?.case_id ?? '')
}

/** The open readings of a person, by case. */
export async function openReadingsOf(db: Kysely<Database>, userId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('second_readings')
    .select(['id', 'case_id'])
    .where('reader_id', '=', userId)
    .where('status', '=', 'open')
    .execute()
  return new Map(rows.map((row) => [row.case_id, row.id]))
}
