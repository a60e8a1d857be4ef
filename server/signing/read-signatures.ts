import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { sha256 } from '../hashing/canonical.ts'
import type { Signatures } from './schemas.ts'

/** The signature of a case and its addenda, in order, each checked against its hash and the one before it. */
export async function readSignatures(
  db: Kysely<Database>,
  caseId: string,
): Promise<Static<typeof Signatures>> {
  const rows = await db
    .selectFrom('signatures')
    .innerJoin('users', 'users.id', 'signatures.user_id')
    .select(['signatures.id', 'kind', 'user_id', 'users.name', 'at', 'text', 'snapshot', 'sha256'])
    .where('case_id', '=', caseId)
    .orderBy('signatures.id')
    .execute()
  return rows.map(({ id, kind, user_id, name, at, text, snapshot, sha256: hash }, i) => {
    const content = JSON.parse(snapshot)
    const follows =
      kind === 'signature' || (content.previous === rows[i - 1]?.sha256 && content.text === text)
    return {
      id,
      kind,
      userId: user_id,
      userName: content.userName ?? content.signature?.userName ?? name,
      at: Number(at),
      text,
      sha256: hash,
      intact: follows && sha256(snapshot) === hash,
    }
  })
}
