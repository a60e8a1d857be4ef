import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { readSettings, saveSettings } from './versioned-settings.ts'

export interface SiteSettings {
  registration: 'invitation' | 'open'
  target: 200 | 300 | 500
  /** 0 while nobody has changed anything. */
  version: number
}

const DEFAULTS: Omit<SiteSettings, 'version'> = { registration: 'invitation', target: 500 }

export const siteSettings = (db: Kysely<Database>): Promise<SiteSettings> =>
  readSettings(db, 'site', DEFAULTS)

/** Errors: CHANGED_MEANWHILE. */
export const saveSiteSettings = (db: Kysely<Database>, settings: SiteSettings): Promise<SiteSettings> =>
  saveSettings(db, 'site', DEFAULTS, settings)
