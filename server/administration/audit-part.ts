import type { Kysely } from 'kysely'
import type { Journal } from '../audit/journal.ts'
import type { Database } from '../database/schema.ts'
import { type Part, part } from './part.ts'

/** ms after which the chain should be verified again. */
const OLD = 35 * 86_400_000

export async function auditPart(db: Kysely<Database>, journal: Journal): Promise<Part> {
  const rows = await db.selectFrom('audit_chain').selectAll().execute()
  const named = (name: string) => rows.find((row) => row.name === name)
  const [head, verified, broken] = [named('head'), named('verified'), named('broken')]
  const values = {
    rows: Number(head?.number ?? 0),
    verified: verified ? Number(verified.number) : null,
    verifiedAt: verified ? Number(verified.at) : null,
  }
  if (broken) {
    return part('audit', 'AUDIT_BROKEN', {
      ...values,
      brokenRow: Number(broken.number),
      brokenAt: Number(broken.at),
      message: broken.message,
    })
  }
  const writable = await journal.check().then(
    () => true,
    () => false,
  )
  if (!writable) return part('audit', 'AUDIT_AWAY', values)
  if (!verified) return part('audit', 'AUDIT_UNVERIFIED', values)
  return part('audit', Number(verified.at) < Date.now() - OLD ? 'AUDIT_OLD' : 'AUDIT_OK', values)
}
