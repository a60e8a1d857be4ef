import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'

export interface SiteSettings {
  registration: 'invitation' | 'open'
  /** Cells to count in a new case; one of `targets`. */
  target: number
  /** What a case may be given without typing a number, the smallest first. */
  targets: number[]
  /** 0 while nobody has changed anything. */
  version: number
}

const DEFAULTS = { registration: 'invitation' as const, target: 500, targets: [200, 300, 500] }

export async function siteSettings(db: Kysely<Database>): Promise<SiteSettings> {
  const row = await db.selectFrom('settings').selectAll().where('name', '=', 'site').executeTakeFirst()
  return row ? { ...DEFAULTS, ...JSON.parse(row.value), version: row.version } : { ...DEFAULTS, version: 0 }
}

/** Errors: TARGET_NOT_OFFERED, CHANGED_MEANWHILE. */
export async function saveSiteSettings(
  db: Kysely<Database>,
  { version, ...given }: SiteSettings,
): Promise<SiteSettings> {
  const values = { ...given, targets: [...new Set(given.targets)].sort((a, b) => a - b) }
  if (!values.targets.includes(values.target)) {
    throw new HttpError(
      422,
      'TARGET_NOT_OFFERED',
      `New cases get a target of ${values.target}, which is not among those that are offered. Add it, or choose another one.`,
    )
  }
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
