import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { checkOwnPassword } from '../accounts/own-password.ts'
import { record } from '../audit/record.ts'
import { markAddended, touchCase } from '../case-lock/cases.ts'
import { findCase } from '../case-lock/find-case.ts'
import { nextNumber } from '../case-lock/next-number.ts'
import { isSigned } from '../case-lock/refuse-if-signed.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { canonical, sha256 } from '../hashing/canonical.ts'
import type { Addendum } from './schemas.ts'
import { unprintableOf } from './unprintable.ts'

/**
 * Adds a text to a signed case. Its hash covers its number and the hash before it, so that none can be taken out, changed or
 * moved unseen.
 * `accepted`: codes of checks that the writer accepts.
 *
 * Errors: PASSWORD_WRONG, LOCKED_OUT, NOT_FOUND, NOT_SIGNED; NOT_ACCEPTED, whose details are {checks}: no font has a character of the text.
 */
export async function addAddendum(
  db: Kysely<Database>,
  caseId: string,
  user: { id: string; name: string },
  { text, password, accepted = [] }: Static<typeof Addendum>,
): Promise<string> {
  await checkOwnPassword(db, user.id, password)
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    // Written first for the row's lock: two addenda at once would both follow the same hash.
    await touchCase(trx, caseId, at)
    const { status, version } = await findCase(trx, caseId)
    if (!isSigned(status)) {
      throw new HttpError(409, 'NOT_SIGNED', 'Only a signed case takes an addendum; change the case itself.')
    }
    const check = unprintableOf([text, user.name])
    if (check.count > 0 && !accepted.includes(check.code)) {
      throw new HttpError(409, 'NOT_ACCEPTED', 'No font has some characters: change or confirm them.', {
        checks: [check],
      })
    }
    const previous = await trx
      .selectFrom('signatures')
      .select('sha256')
      .where('case_id', '=', caseId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    const number = await nextNumber(trx, 'signatures', caseId)
    const by = { userId: user.id, userName: user.name, at }
    const content = canonical({ previous: previous.sha256, number, text, ...by })
    const id = v7()
    await trx
      .insertInto('signatures')
      .values({
        id,
        case_id: caseId,
        number,
        kind: 'addendum',
        user_id: user.id,
        at,
        text,
        snapshot: content,
        sha256: sha256(content),
      })
      .execute()
    await markAddended(trx, caseId, version)
    const after = { status: 'addended', signatureId: id, sha256: sha256(content) }
    await record(trx, { event: 'case.addendum', caseId, before: { status }, after })
    await summaryDue(trx, caseId)
    return id
  })
}
