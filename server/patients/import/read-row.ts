import type { Static } from 'typebox'
import { isGarbled, saysNothing, writtenName, writtenNumber } from '../../../cytology/index.ts'
import { fold } from '../../search/fold.ts'
import { isDamaged } from './damaged-number.ts'
import { readBirthDate, readDate } from './read-date.ts'
import { IMPORT_FIELDS, type ImportFault, type ImportField, type ImportRow } from './schemas.ts'

export type Fault = Static<typeof ImportFault>
/** A row whose texts are understood. */
export interface ReadRow {
  row: number
  name: string
  sex: 'female' | 'male' | 'unknown'
  birthDate: string | null
  hospitalNumber: string
  marrowNumber: string
  site: string
  receivedOn: string | null
  diagnosis: string
  clinicalNote: string
}

/** As the columns of the database hold them, in characters. */
const LONGEST: Record<ImportField, number> = {
  name: 190,
  sex: 64,
  birthDate: 64,
  hospitalNumber: 190,
  marrowNumber: 190,
  site: 190,
  receivedOn: 64,
  diagnosis: 500,
  clinicalNote: 10_000,
}
/** Words for the sexes, folded; the digits are those of GB/T 2261.1, which Chinese hospital systems export. */
const SEXES: Readonly<Record<string, ReadRow['sex']>> = {
  ...{ 男: 'male', 男性: 'male', m: 'male', male: 'male', '1': 'male' },
  ...{ 女: 'female', 女性: 'female', f: 'female', female: 'female', '2': 'female' },
  ...{ '': 'unknown', 未知: 'unknown', 不详: 'unknown', 未说明: 'unknown', unknown: 'unknown' },
  ...{ u: 'unknown', '0': 'unknown', '9': 'unknown' },
}
/** What no text holds: control characters, halves of characters, and the sign for what could not be decoded. */
const NO_TEXT = /(?!\t|\n|\r)\p{Cc}|\p{Cs}|\ufffd/u

/** What a row says, or all that is wrong with it. `today` is YYYY-MM-DD. */
export function readRow(given: Static<typeof ImportRow>, today: string): ReadRow | Fault[] {
  const faults: Fault[] = []
  const fault = (field: ImportField, code: Fault['code']) =>
    faults.push({ row: given.row, field, code, found: shortened(given[field]) })
  const text = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, given[field].trim()])) as Record<
    ImportField,
    string
  >
  for (const field of IMPORT_FIELDS) {
    if (NO_TEXT.test(text[field])) fault(field, 'NOT_TEXT')
    else if ([...text[field]].length > LONGEST[field]) fault(field, 'TOO_LONG')
  }
  // What a program writes for a number or a name that there is not.
  for (const field of ['name', 'hospitalNumber', 'marrowNumber'] as const)
    if (saysNothing(text[field])) text[field] = ''
  const name = writtenName(text.name)
  if (name === '') fault('name', 'NAME_MISSING')
  else if (isGarbled(name) || QUOTED.test(name)) fault('name', 'NOT_TEXT')
  const sex = SEXES[fold(text.sex)]
  if (!sex) fault('sex', 'SEX_NOT_KNOWN')
  const dates = { birthDate: null as string | null, receivedOn: null as string | null }
  for (const field of ['hospitalNumber', 'marrowNumber'] as const) {
    if (isDamaged(text[field])) fault(field, 'NUMBER_DAMAGED')
  }
  for (const field of ['birthDate', 'receivedOn'] as const) {
    if (text[field] === '') continue
    const date = field === 'birthDate' ? readBirthDate(text[field]) : readDate(text[field])
    if (!date) fault(field, 'DATE_IMPOSSIBLE')
    else if (date > today) fault(field, 'DATE_IN_FUTURE')
    else dates[field] = date
  }
  if (dates.birthDate && dates.receivedOn && dates.birthDate > dates.receivedOn) {
    fault('birthDate', 'BORN_AFTER_RECEIVED')
  }
  if (faults.length > 0) return faults
  const numbers = {
    hospitalNumber: writtenNumber(text.hospitalNumber),
    marrowNumber: writtenNumber(text.marrowNumber),
  }
  return { row: given.row, ...text, name, ...numbers, ...dates, sex: sex! }
}

/** Quotes that another program set around a text, or before it. */
const QUOTED = /^['"`=]/

export const shortened = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')].slice(0, 80).join('')
