import type { Kysely } from 'kysely'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'

const NAME = 'backup'

export interface Backup {
  /** ms since 1970, when it was begun: what it holds is of that moment. */
  at: number
  folder: string
  rows: number
  files: number
  /** Of its database and its files. */
  bytes: number
}

/** Keeps what the newest finished backup is, in the audit too: all data of the site were taken out of it. */
export async function recordBackup(db: Kysely<Database>, backup: Backup): Promise<void> {
  const value = JSON.stringify(backup)
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('settings')
      .set((e) => ({ value, version: e('version', '+', 1) }))
      .where('name', '=', NAME)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) {
      await trx.insertInto('settings').values({ name: NAME, value, version: 1 }).execute()
    }
    await record(trx, { event: 'site.backup', after: backup })
  })
}

export async function lastBackup(db: Kysely<Database>): Promise<Backup | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst()
  return row ? JSON.parse(row.value) : null
}
