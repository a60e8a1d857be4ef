import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { conflict } from '../errors.ts'

/** Settings of one name as they are; `defaults` with version 0 while nobody has changed anything. */
export async function readSettings<T extends object>(
  db: Kysely<Database>,
  name: string,
  defaults: T,
): Promise<T & { version: number }> {
  const row = await db.selectFrom('settings').selectAll().where('name', '=', name).executeTakeFirst()
  return row ? { ...defaults, ...JSON.parse(row.value), version: row.version } : { ...defaults, version: 0 }
}

/** Writes them if nobody else did since the version that was seen. Errors: CHANGED_MEANWHILE. */
export async function saveSettings<T extends object>(
  db: Kysely<Database>,
  name: string,
  defaults: T,
  settings: T & { version: number },
): Promise<T & { version: number }> {
  const { version, ...values } = settings
  const value = JSON.stringify(values)
  if (version === 0) {
    const there = await readSettings(db, name, defaults)
    if (there.version !== 0) throw conflict('setting', there)
    await db.insertInto('settings').values({ name, value, version: 1 }).execute()
  } else {
    const { numUpdatedRows } = await db
      .updateTable('settings')
      .set({ value, version: version + 1 })
      .where('name', '=', name)
      .where('version', '=', version)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw conflict('setting', await readSettings(db, name, defaults))
  }
  return readSettings(db, name, defaults)
}
