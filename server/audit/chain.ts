import type { Kysely, Selectable } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Audit, Database } from '../database/schema.ts'
import { concerned, type Pending } from './concerned.ts'
import { seal } from './seal.ts'

/** Rows that are taken from the outbox at a time. */
const PAGE = 200
/** Rows of one insert; SQLite bounds the values of a statement. */
const CHUNK = 500

/**
 * Puts what waits in the outbox and then `pending` at the end of the chain: all of it or nothing. True when the outbox may
 * hold more.
 *
 * The head's row is written first and so locked: whoever else chains, also another process, waits and goes on from the new
 * head. The outbox is emptied row by row: one DELETE of many could lock the gaps in which others are inserting.
 */
export function chain(db: Kysely<Database>, pending: readonly Pending[]): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await trx.updateTable('audit_chain').set({ at: Date.now() }).where('name', '=', 'head').execute()
    const head = await trx
      .selectFrom('audit_chain')
      .select(['number', 'sha256'])
      .where('name', '=', 'head')
      .executeTakeFirstOrThrow()
    const waiting = await trx
      .selectFrom('audit_outbox')
      .selectAll()
      .orderBy('turn')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const entries = [...waiting, ...(await concerned(trx, pending))]
    if (entries.length === 0) return false
    const rows: Selectable<Audit>[] = []
    let { number, sha256 } = head
    for (const entry of entries) {
      const row = seal(entry, ++number, sha256)
      sha256 = row.sha256
      rows.push(row)
    }
    for (const chunk of inChunks(rows, CHUNK)) await trx.insertInto('audit').values(chunk).execute()
    for (const { id } of waiting) await trx.deleteFrom('audit_outbox').where('id', '=', id).execute()
    await trx.updateTable('audit_chain').set({ number, sha256 }).where('name', '=', 'head').execute()
    return waiting.length === PAGE
  })
}
