import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import type { LIMITED_ROLES } from '../permissions.ts'
import { readSettings, saveSettings } from './versioned-settings.ts'

export interface SiteSettings {
  registration: 'invitation' | 'open'
  /** Cells to count in a new case; one of `targets`. */
  target: number
  /** What a case may be given without typing a number, the smallest first. */
  targets: number[]
  /** Roles that are told who a patient is though they need not know it. */
  identitiesFor: (typeof LIMITED_ROLES)[number][]
  /** A report says how far a second reading agreed. */
  kappaOnReport: boolean
  /** 0 while nobody has changed anything. */
  version: number
}

const DEFAULTS: Omit<SiteSettings, 'version'> = {
  registration: 'invitation',
  target: 500,
  targets: [200, 300, 500],
  identitiesFor: [],
  kappaOnReport: false,
}

export const siteSettings = (db: Kysely<Database>): Promise<SiteSettings> =>
  readSettings(db, 'site', DEFAULTS)

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
  return saveSettings(db, 'site', DEFAULTS, { ...values, version })
}
