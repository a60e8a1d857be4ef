/** Signatures and audit check each other: what was signed must be there as it was signed, and nothing that was not. */
import type { Kysely, Selectable } from 'kysely'
import type { Audit, Database } from '../database/schema.ts'
import { hashOfSigned, SIGNING, signedInAudit, signedOf, withThoseOfBefore } from './signed.ts'

const CHUNK = 500
/** ms between a patient's erasure and its row in the audit, which are of one transaction. */
const TOGETHER = 60_000

export interface Fault {
  /** Of the audit's row that is contradicted; 0 where there is none. */
  number: number
  message: string
}

type Row = Pick<Selectable<Audit>, 'number' | 'event' | 'at' | 'case_id' | 'patient_id' | 'detail'>

/** The first thing in which the two differ; null where they agree. */
export async function crossCheck(db: Kysely<Database>): Promise<Fault | null> {
  return (await missingOrChanged(db)) ?? (await neverSigned(db))
}

async function missingOrChanged(db: Kysely<Database>): Promise<Fault | null> {
  for (const event of Object.values(SIGNING)) {
    for (let last = 0; ; ) {
      const rows = await db
        .selectFrom('audit')
        .select(['number', 'event', 'at', 'case_id', 'patient_id', 'detail'])
        .where('event', '=', event)
        .where('status', '=', 200)
        .where('number', '>', last)
        .orderBy('number')
        .limit(CHUNK)
        .execute()
      const fault = await faultOf(db, rows)
      if (fault) return fault
      if (rows.length < CHUNK) break
      last = rows.at(-1)!.number
    }
  }
  return null
}

async function faultOf(db: Kysely<Database>, rows: readonly Row[]): Promise<Fault | null> {
  const told = rows.map((row) => ({ row, ...signedOf(row.detail) })).filter(({ id }) => id !== undefined)
  if (told.length === 0) return null
  const ids = told.map(({ id }) => id!)
  const found = await db.selectFrom('signatures').select(['id', 'sha256']).where('id', 'in', ids).execute()
  const signatures = new Map(found.map((one) => [one.id, one]))
  for (const { row, id, sha256: signed } of told) {
    const name = `Row ${row.number} (${row.event}, ${new Date(row.at).toISOString()})`
    const kept = signatures.get(id!)
    if (!kept) {
      if (await wasErased(db, row)) continue
      return {
        number: row.number,
        message: `${name} tells of a signature that is gone from case ${row.case_id}, though its patient was not erased.`,
      }
    }
    if (kept.sha256 !== signed || (await hashOfSigned(db, id!)) !== signed) {
      return {
        number: row.number,
        message: `${name} holds another hash than what is kept as signed in case ${row.case_id}: the signed report was changed or put in its place.`,
      }
    }
  }
  return null
}

/** The patient was erased, which the audit tells too. */
async function wasErased(db: Kysely<Database>, { case_id, patient_id }: Row): Promise<boolean> {
  const still = await db.selectFrom('cases').select('id').where('id', '=', case_id!).executeTakeFirst()
  if (still) return false
  const erased = await db
    .selectFrom('erased_patients')
    .select('erased_at')
    .where('id', '=', patient_id!)
    .executeTakeFirst()
  if (!erased) return false
  for (const table of ['audit', 'audit_outbox'] as const) {
    const row = await db
      .selectFrom(table)
      .select('id')
      .where('event', '=', 'patient.erase')
      .where('status', '=', 200)
      .where('at', '>=', Number(erased.erased_at))
      .where('at', '<=', Number(erased.erased_at) + TOGETHER)
      .limit(1)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}

async function neverSigned(db: Kysely<Database>): Promise<Fault | null> {
  for (let last = ''; ; ) {
    const cases = await db
      .selectFrom('signatures')
      .select('case_id')
      .distinct()
      .where('case_id', '>', last)
      .orderBy('case_id')
      .limit(CHUNK)
      .execute()
    for (const { case_id } of cases) {
      const fault = await unknownIn(db, case_id)
      if (fault) return fault
    }
    if (cases.length < CHUNK) return null
    last = cases.at(-1)!.case_id
  }
}

async function unknownIn(db: Kysely<Database>, caseId: string): Promise<Fault | null> {
  const rows = await db
    .selectFrom('signatures')
    .select(['id', 'number', 'kind'])
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()
  const found = await signedInAudit(db, caseId)
  const unknown = rows.filter(({ id }) => !found.hashes.has(id))
  if (unknown.length === 0) return null
  const { before } = await withThoseOfBefore(db, caseId, found)
  for (const kind of ['signature', 'addendum'] as const) {
    const [extra] = unknown.filter((row) => row.kind === kind).slice(before[kind])
    if (!extra) continue
    return {
      number: 0,
      message: `The ${kind} number ${extra.number} of case ${caseId} is not in the audit: nobody signed it here.`,
    }
  }
  return null
}
