/** What the site says of its reports: whose they are, when a value is marked, who may verify, where they can be verified. */
import type { Kysely } from 'kysely'
import { EMPTY_LETTERHEAD, type Letterhead, USUAL_MARKS_FROM } from '../../cytology/index.ts'
import { readSettings, saveSettings } from '../accounts/versioned-settings.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { findLogo } from './logo.ts'

export interface ReportSettings {
  letterhead: Letterhead
  /** Counted cells from which on a value outside its range is marked whatever its interval; 0: always. */
  marksFrom: number
  /** Whoever signs a case may not be the one who read it. */
  twoPersons: boolean
  /** Where people reach the site, as the code on a report names it; '' where the request says it. */
  publicAddress: string
  /** 0 while nobody has changed anything. */
  version: number
}

const DEFAULTS: Omit<ReportSettings, 'version'> = {
  letterhead: EMPTY_LETTERHEAD,
  marksFrom: USUAL_MARKS_FROM,
  twoPersons: false,
  publicAddress: '',
}

export const reportSettings = (db: Kysely<Database>): Promise<ReportSettings> =>
  readSettings(db, 'reports', DEFAULTS)

/** Errors: ADDRESS_NOT_VALID, LOGO_UNKNOWN, CHANGED_MEANWHILE with the settings as they are. */
export async function saveReportSettings(
  db: Kysely<Database>,
  { publicAddress, ...given }: ReportSettings,
): Promise<ReportSettings> {
  const { logo } = given.letterhead
  if (logo !== null && !(await findLogo(db, logo))) {
    throw new HttpError(422, 'LOGO_UNKNOWN', 'This logo is not kept here. Choose its file again.')
  }
  return saveSettings(db, 'reports', DEFAULTS, { ...given, publicAddress: originOf(publicAddress) })
}

/** Scheme, name and port of an address, for a path is put behind them. */
function originOf(address: string): string {
  const text = address.trim()
  if (text === '') return ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  if (plain && url.username === '' && url.password === '') return url.origin
  throw new HttpError(
    422,
    'ADDRESS_NOT_VALID',
    'Give the address of the site as it stands in the browser, up to its name and port: https://marrow.hospital.example.',
  )
}
