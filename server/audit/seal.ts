import type { Selectable } from 'kysely'
import type { Audit, AuditOutbox } from '../database/schema.ts'
import { canonical, sha256 } from '../hashing/canonical.ts'

/** A row of the audit that has no place in the chain yet. */
export type Entry = Omit<Selectable<AuditOutbox>, 'turn'>

/** What the first row has for the hash of the one before it. */
export const GENESIS = '0'.repeat(64)

/** Gives an entry its place: its hash covers every column, its number and the hash of the row before it. */
export function seal(entry: Entry, number: number, previous: string): Selectable<Audit> {
  const { id, at, user_id, ip, event, subject_id, case_id, patient_id, status, detail } = entry
  const row = {
    ...{ id, at, user_id, ip, event, subject_id, patient_id, status, detail },
    ...{ number, previous },
  }
  // The column's name when the chain began: its hashes cover that name.
  return { ...row, case_id, sha256: sha256(canonical({ ...row, specimen_id: case_id })) }
}
