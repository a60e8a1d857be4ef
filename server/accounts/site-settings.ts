import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { conflict } from '../errors.ts'

export interface SiteSettings {
  registration: 'invitation' | 'open'
  target: 200 | 300 | 500
  /** 0 while nobody has changed anything. */
  version: number
}

const DEFAULTS = { registration: 'invitation', target: 500 } as const

export async function siteSettings(db: Kysely<Database>): Promise<SiteSettings> {
  const row = await db.selectFrom('settings').selectAll().where('name', '=', 'site').executeTakeFirst()
  return row ? { ...DEFAULTS, ...JSON.parse(row.value), version: row.version } : { ...DEFAULTS, version: 0 }
}

/** Errors: CHANGED_MEANWHILE. */
export async function saveSiteSettings(db: Kysely<Database>, settings: SiteSettings): Promise<SiteSettings> {
  const { version, ...values } = settings
  const value = JSON.stringify(values)
  if (version === 0) {
    const there = await siteSettings(db)
    if (there.version !== 0) throw conflict('setting', there)
    await db.insertInto('settings').values({ name: 'site', value, version: 1 }).execute()
  } else {
    const { numUpdatedRows } = await db
      .updateTable('settings')
      .set({ value, version: version + 1 })
      .where('name', '=', 'site')
      .where('version', '=', version)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw conflict('setting', await siteSettings(db))
  }
  return siteSettings(db)
}
