/** What the audit says was signed: each signature and addendum left a row that holds its id and its hash. */
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { bytesOf } from '../database/text-columns.ts'
import { sha256 } from '../hashing/canonical.ts'

export const SIGNING = { signature: 'case.sign', addendum: 'case.addendum' } as const
const EVENTS = Object.values(SIGNING)

export interface SignedInAudit {
  /** Hash by the id of the signature. */
  hashes: ReadonlyMap<string, string>
  /** How many were signed before the audit held hashes, by kind. */
  before: Record<keyof typeof SIGNING, number>
}

/** Of one case, what waits to be chained too. */
export async function signedInAudit(db: Kysely<Database>, caseId: string): Promise<SignedInAudit> {
  const hashes = new Map<string, string>()
  for (const table of ['audit', 'audit_outbox'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('detail')
      .where('case_id', '=', caseId)
      .where('event', 'in', EVENTS)
      .where('status', '=', 200)
      .execute()
    for (const { detail } of rows) {
      const { id, sha256 } = signedOf(detail)
      if (id !== undefined && sha256 !== undefined) hashes.set(id, sha256)
    }
  }
  return { hashes, before: { signature: 0, addendum: 0 } }
}

/** As `signedInAudit`, with those of before; asked only where a signature has no hash there, for it reads more. */
export async function withThoseOfBefore(
  db: Kysely<Database>,
  caseId: string,
  found: SignedInAudit,
): Promise<SignedInAudit> {
  const before = { signature: 0, addendum: 0 }
  for (const kind of ['signature', 'addendum'] as const) {
    const rows = await db
      .selectFrom('audit')
      .select('detail')
      .where('event', '=', SIGNING[kind])
      .where('subject_id', '=', caseId)
      .where('status', '=', 200)
      .execute()
    before[kind] = rows.filter(({ detail }) => signedOf(detail).id === undefined).length
  }
  return { ...found, before }
}

/** Of a row's detail; undefined in one of before the audit held them. */
export function signedOf(detail: string): { id: string | undefined; sha256: string | undefined } {
  const after = JSON.parse(detail)?.after
  return { id: after?.signatureId, sha256: after?.sha256 }
}

/** SHA-256 of what is kept as signed, as it is now; undefined where it is gone. Read by itself: it holds all cells of a case. */
export async function hashOfSigned(db: Kysely<Database>, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('signatures')
    .select(bytesOf(db, 'snapshot').as('snapshot'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && sha256(row.snapshot)
}
