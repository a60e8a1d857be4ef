import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { crossCheck } from './cross-check.ts'
import { checkHeads, type HeadsConfig } from './kept-heads.ts'
import { type Verdict, verifyChain } from './verify.ts'

/** The whole check: the chain in itself, against the lines kept outside the database, and against what is kept as signed. */
export async function verifyAudit(
  db: Kysely<Database>,
  heads: Pick<HeadsConfig, 'auditHeads' | 'siteKey'>,
  onProgress?: (done: number, total: number) => void,
): Promise<Verdict> {
  const verdict = await verifyChain(db, onProgress)
  if (verdict.broken) return verdict
  return { ...verdict, broken: (await checkHeads(db, heads)) ?? (await crossCheck(db)) }
}
