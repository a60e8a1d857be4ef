import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { auditUnavailable } from './unavailable.ts'

/** The request that is being answered: who, and from where. */
export const requestInWork = new AsyncLocalStorage<FastifyRequest>()

export interface Change {
  /** `noun.verb`. A request whose route has the same event gets no second row when it succeeds. */
  event: string
  /** The case that it concerns; its patient is looked up unless given. */
  caseId?: string | null | undefined
  patientId?: string | null | undefined
  /** The row that was changed, where it is neither the case nor what the route's address names. */
  subjectId?: string | null | undefined
  /** Only what changed; never a password, a token or an image. */
  before?: unknown
  after?: unknown
  /** Only where no request is being answered, as in a worker; null is the program itself. */
  userId?: string | null | undefined
  ip?: string | undefined
}

/**
 * Writes a change to the audit, in the transaction that makes the change: both are there or neither. The row is chained
 * within 50 ms after the answer, or at the next start.
 *
 * Errors: AUDIT_UNAVAILABLE, which must end the transaction.
 */
export async function record(trx: Kysely<Database>, change: Change): Promise<void> {
  const request = requestInWork.getStore()
  const { event, caseId = null, before, after } = change
  try {
    // What the same case has waiting is seen, for whoever changes a case has locked it.
    const { last } = await trx
      .selectFrom('audit_outbox')
      .select((eb) => eb.fn.max('turn').as('last'))
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('audit_outbox')
      .values({
        turn: Number(last ?? 0) + 1,
        id: uuid(),
        at: Date.now(),
        user_id: change.userId ?? request?.user?.id ?? null,
        ip: change.ip ?? addressOf(request),
        event,
        subject_id: change.subjectId ?? subjectOf(request) ?? caseId,
        case_id: caseId,
        patient_id: change.patientId ?? (await patientOf(trx, caseId)),
        status: 200,
        detail: JSON.stringify({ before, after }),
      })
      .execute()
  } catch (cause) {
    throw auditUnavailable(cause)
  }
  request?.recorded?.add(event)
}

export const addressOf = (request: FastifyRequest | undefined): string => request?.ip.slice(0, 64) ?? ''

/** The id in the route's address. */
export function subjectOf(request: FastifyRequest | undefined): string | null {
  const { id } = (request?.params ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id.slice(0, 36) : null
}

async function patientOf(trx: Kysely<Database>, caseId: string | null): Promise<string | null> {
  if (caseId === null) return null
  const row = await trx.selectFrom('cases').select('patient_id').where('id', '=', caseId).executeTakeFirst()
  return row?.patient_id ?? null
}
