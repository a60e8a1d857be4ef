import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { hashOfSigned, type SignedInAudit, signedInAudit, withThoseOfBefore } from '../audit/signed.ts'
import type { Database } from '../database/schema.ts'
import { jsonWithout } from '../database/text-columns.ts'
import type { Signatures } from './schemas.ts'

/** The signature of a case and its addenda, in order, each checked against its hash, the one before it and the audit. */
export async function readSignatures(
  db: Kysely<Database>,
  caseId: string,
): Promise<Static<typeof Signatures>> {
  const rows = await db
    .selectFrom('signatures')
    .innerJoin('users', 'users.id', 'signatures.user_id')
    .select(['signatures.id', 'number', 'kind', 'user_id', 'users.name', 'at', 'text', 'sha256'])
    .select(jsonWithout('snapshot', 'cells').as('snapshot'))
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()
  const signed = await inAudit(db, caseId, rows)
  const lost = [...signed.hashes.keys()].filter((id) => !rows.some((row) => row.id === id)).length
  const ofBefore = { ...signed.before }
  const hashes = new Map<string, string | undefined>()
  for (const { id } of rows) hashes.set(id, await hashOfSigned(db, id))
  return rows.map(({ id, number, kind, user_id, name, at, text, snapshot, sha256: hash }, i) => {
    const content = JSON.parse(snapshot)
    // Before addenda had numbers, one that was written after the clock went back named an earlier one than the last.
    const before = content.number === undefined ? rows.slice(0, i) : rows.slice(Math.max(0, i - 1), i)
    const inPlace = number === (rows[i - 1]?.number ?? 0) + 1 && (content.number ?? number) === number
    const follows =
      kind === 'signature' || (before.some((row) => row.sha256 === content.previous) && content.text === text)
    const isAudited = signed.hashes.has(id) ? signed.hashes.get(id) === hash : ofBefore[kind]-- > 0
    return {
      id,
      kind,
      userId: user_id,
      userName: content.userName ?? content.signature?.userName ?? name,
      at: Number(at),
      text,
      sha256: hash,
      intact: inPlace && follows && isAudited && hashes.get(id) === hash,
      lost,
    }
  })
}

/** What the audit says of them; of those that were signed before it held hashes, how many there were. */
async function inAudit(
  db: Kysely<Database>,
  caseId: string,
  rows: readonly { id: string }[],
): Promise<SignedInAudit> {
  const found = await signedInAudit(db, caseId)
  return rows.every(({ id }) => found.hashes.has(id)) ? found : withThoseOfBefore(db, caseId, found)
}
