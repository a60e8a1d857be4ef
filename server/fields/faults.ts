import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { MarrowscopeError } from '../../cytology/index.ts'
import { holdCases } from '../case-lock/cases.ts'
import type { Database } from '../database/schema.ts'
import { HttpError, isDiskFull, toldOf } from '../errors.ts'
import { acceptField, type FileOfCase } from './accept-field.ts'
import type { UploadFault } from './schemas.ts'

/** Takes a file into its case, or writes down for the case why not. Errors: only those that are not the file's fault. */
export async function acceptOrExplain(
  ports: Parameters<typeof acceptField>[0],
  given: FileOfCase,
): Promise<void> {
  try {
    await acceptField(ports, given)
  } catch (error) {
    if (!(error instanceof MarrowscopeError || error instanceof HttpError) || isDiskFull(error)) throw error
    const { id, caseId, fileName } = given
    // A person knows the file by its name, not by where it lay in between.
    const message = toldOf(error, fileName)
    const told = await ports.db.transaction().execute(async (trx) => {
      const there = await holdCases(trx, [caseId])
      // Its patient was erased meanwhile: not even the file's name is kept.
      if (there === 0) return false
      await trx.deleteFrom('upload_faults').where('id', '=', id).execute()
      await trx
        .insertInto('upload_faults')
        .values({ id, case_id: caseId, file_name: fileName, code: error.code, message, at: Date.now() })
        .execute()
      return true
    })
    if (!told) await ports.storage.remove(`fields/${id}`)
    ports.events.emit(caseId, { kind: 'fields' })
  }
}

/** Newest first. */
export async function faultsOf(db: Kysely<Database>, caseId: string): Promise<Static<typeof UploadFault>[]> {
  const rows = await db
    .selectFrom('upload_faults')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, file_name: fileName, code, message, at }) => ({ id, fileName, code, message, at }))
}
