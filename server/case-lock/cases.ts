/** The one file that adds and locks rows of `cases` and moves their status: pending → analysing → in_review → signed → addended. */
import type { Insertable, Kysely, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { inChunks } from '../database/in-chunks.ts'
import type { Cases, Database } from '../database/schema.ts'
import { refuseIfSigned } from './refuse-if-signed.ts'
import { summaryDue } from './summary-due.ts'

type Trx = Kysely<Database>
type Row = Insertable<Cases>

export const USUAL_STAIN = 'Wright-Giemsa'

/** Adds cases, which wait for images or a count, each with its first slide. */
export async function insertCases(
  trx: Trx,
  userId: string,
  at: number,
  cases: readonly Omit<Row, 'status' | 'version' | 'created_by' | 'created_at' | 'updated_at'>[],
): Promise<void> {
  const made = { version: 1, created_by: userId, created_at: at, updated_at: at }
  const rows = cases.map((row): Row => ({ ...row, ...made, status: 'pending' }))
  await trx.insertInto('cases').values(rows).execute()
  const slides = cases.map(({ id }) => ({ id: uuid(), case_id: id, label: '1', created_at: at }))
  await trx.insertInto('slides').values(slides).execute()
  await summaryDue(trx, ...cases.map(({ id }) => id))
}

/**
 * Begins a change of a case: no one else changes or signs it until the transaction ends, and it is not signed.
 * Its summary is marked as due. The write comes first because it takes the row's lock on every database; SELECT … FOR UPDATE is not in all of them.
 */
export async function lockCase(trx: Transaction<Database>, caseId: string, at: number) {
  await touchCase(trx, caseId, at)
  await summaryDue(trx, caseId)
  return refuseIfSigned(trx, caseId)
}

/** Locks a case, signed or not, and notes when it was changed. */
export async function touchCase(trx: Trx, caseId: string, at: number): Promise<void> {
  await trx.updateTable('cases').set({ updated_at: at }).where('id', '=', caseId).execute()
}

/** Locks a case and counts its version up; false where it is gone or its version is another. */
export async function takeCaseVersion(
  trx: Trx,
  caseId: string,
  version: number,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('cases')
    .set({ version: version + 1, updated_at: at })
    .where('id', '=', caseId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows) > 0
}

/** Locks cases, signed or not, by a write that changes nothing. How many of them are still there. */
export async function holdCases(trx: Trx, caseIds: readonly string[]): Promise<number> {
  let there = 0
  for (const ids of inChunks(caseIds)) {
    const { numUpdatedRows } = await trx
      .updateTable('cases')
      .set((eb) => ({ version: eb.ref('version') }))
      .where('id', 'in', ids)
      .executeTakeFirst()
    there += Number(numUpdatedRows)
  }
  return there
}

/** An analysis of a case that is not signed was put in the queue. */
export async function markAnalysing(trx: Trx, caseId: string): Promise<void> {
  await trx
    .updateTable('cases')
    .set((eb) => ({ status: 'analysing', version: eb('version', '+', 1) }))
    .where('id', '=', caseId)
    .execute()
}

/** An analysis ended: what is left is reviewed, or waits again where no cell is there. */
export async function markAnalysed(trx: Trx, caseId: string, at: number): Promise<void> {
  const cell = await trx
    .selectFrom('cells')
    .select('id')
    .where('case_id', '=', caseId)
    .limit(1)
    .executeTakeFirst()
  await trx
    .updateTable('cases')
    .set((eb) => ({
      status: cell ? 'in_review' : 'pending',
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', caseId)
    .where('status', '=', 'analysing')
    .execute()
}

/** A person counted at the microscope: a case without images would wait for ever. */
export async function markCounted(trx: Trx, caseId: string): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ status: 'in_review' })
    .where('id', '=', caseId)
    .where('status', '=', 'pending')
    .execute()
}

/** `version` is the row's own, which `lockCase` has given. */
export async function markSigned(trx: Trx, caseId: string, version: number, at: number): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ status: 'signed', version: version + 1, updated_at: at })
    .where('id', '=', caseId)
    .execute()
}

/** `version` is the row's own, read after `touchCase`. */
export async function markAddended(trx: Trx, caseId: string, version: number): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ status: 'addended', version: version + 1 })
    .where('id', '=', caseId)
    .execute()
}
