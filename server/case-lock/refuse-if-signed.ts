import type { Kysely } from 'kysely'
import type { CaseStatus, Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { findCase } from './find-case.ts'

/** The states of a case that stays as it is. */
export const SIGNED = ['signed', 'addended'] as const satisfies readonly CaseStatus[]

export const isSigned = (status: CaseStatus): boolean => SIGNED.some((one) => one === status)

/** The row of a case that may still be changed. Errors: NOT_FOUND, CASE_SIGNED. */
export async function refuseIfSigned(db: Kysely<Database>, caseId: string) {
  const row = await findCase(db, caseId)
  if (isSigned(row.status)) {
    throw new HttpError(
      409,
      'CASE_SIGNED',
      'This case is signed and stays as it is; what is to be said after that goes into an addendum.',
    )
  }
  return row
}
