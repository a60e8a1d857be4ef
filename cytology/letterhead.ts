import type { BothLanguages } from './marrow-findings.ts'

/** What stands above a report: whose it is. A line that is empty in a language is printed in the other. */
export interface Letterhead {
  hospital: BothLanguages
  laboratory: BothLanguages
  /** Address, telephone. */
  address: BothLanguages
  /** SHA-256 of the logo; null where there is none. */
  logo: string | null
}

const NOTHING: BothLanguages = { zh: '', en: '' }

export const EMPTY_LETTERHEAD: Letterhead = {
  hospital: NOTHING,
  laboratory: NOTHING,
  address: NOTHING,
  logo: null,
}

/** Whether there is anything to print. */
export const hasLetterhead = ({ hospital, laboratory, address, logo }: Letterhead): boolean =>
  logo !== null || [hospital, laboratory, address].some(({ zh, en }) => (zh + en).trim() !== '')
