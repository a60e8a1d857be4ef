import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { checkOwnPassword } from '../accounts/own-password.ts'
import { record } from '../audit/record.ts'
import { lockCase, markSigned } from '../case-lock/cases.ts'
import { nextNumber } from '../case-lock/next-number.ts'
import { countsToSign } from '../cells/counts-to-sign.ts'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { canonical, sha256 } from '../hashing/canonical.ts'
import { readDraft } from '../reports/draft.ts'
import { acceptedAs, checksOf } from './checks.ts'
import { READER_REFUSALS } from './reader-checks.ts'
import type { Sign } from './schemas.ts'
import { snapshot } from './snapshot.ts'

/**
 * Freezes a case under the name of a person who has given the password again.
 *
 * Errors: PASSWORD_WRONG, CASE_SIGNED, CHANGED_MEANWHILE, READER_MISSING, READER_SIGNS; NOT_READY and NOT_ACCEPTED, whose details are {checks}.
 */
export async function signCase(
  db: Kysely<Database>,
  caseId: string,
  user: { id: string; name: string },
  { version, password, accepted, draftVersion, counts: seen }: Static<typeof Sign>,
): Promise<void> {
  await checkOwnPassword(db, user.id, password)
  await db.transaction().execute(async (trx) => {
    const at = Date.now()
    const row = await lockCase(trx, caseId, at)
    if (row.version !== version) throw conflict('case', { version: row.version })
    const report = await readDraft(trx, caseId)
    if (report.version !== (draftVersion ?? report.version)) throw conflict('report', report)
    const counts = await countsToSign(trx, row)
    // A colleague's change to the cells leaves the case's version as it is.
    if (
      seen &&
      Object.keys(counts.sources.images).length > 0 &&
      CELL_CLASSES.some((of) => (seen[of] ?? 0) !== (counts.sources.images[of] ?? 0))
    ) {
      throw conflict('case', { version: row.version })
    }
    const checks = await checksOf(trx, row, counts, user)
    const blocking = checks.filter((check) => check.blocking)
    for (const { code } of blocking) {
      const why = READER_REFUSALS[code]
      if (why) throw new HttpError(409, code, why, { checks: blocking })
    }
    if (blocking.length > 0) {
      throw new HttpError(409, 'NOT_READY', 'Settle what is still open in this case, then sign.', {
        checks: blocking,
      })
    }
    const open = checks.filter((check) => !accepted.includes(acceptedAs(check)))
    if (open.length > 0) {
      throw new HttpError(409, 'NOT_ACCEPTED', 'Confirm what is not complete in this case, then sign.', {
        checks: open,
      })
    }
    const codes = checks.map(acceptedAs)
    const signature = { userId: user.id, userName: user.name, at, accepted: codes }
    const text = canonical(await snapshot(trx, row, counts, signature))
    const id = v7()
    await trx
      .insertInto('signatures')
      .values({
        id,
        case_id: caseId,
        number: await nextNumber(trx, 'signatures', caseId),
        kind: 'signature',
        user_id: user.id,
        at,
        text: '',
        snapshot: text,
        sha256: sha256(text),
      })
      .execute()
    // A second reader who was not done has no reading to finish any more.
    await trx
      .updateTable('second_readings')
      .set({ status: 'withdrawn' })
      .where('case_id', '=', caseId)
      .where('status', '=', 'open')
      .execute()
    await markSigned(trx, caseId, version, at)
    const before = { status: row.status }
    const after = { status: 'signed', signatureId: id, sha256: sha256(text), accepted: codes }
    await record(trx, { event: 'case.sign', caseId, before, after })
  })
}
