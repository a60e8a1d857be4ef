import type { Static } from 'typebox'
import {
  isGarbled,
  PATIENT_FIELD_NAMES,
  PATIENT_FIELDS,
  type PatientData,
  type PatientField,
  saysNothing,
  writtenName,
  writtenNumber,
} from '../../../cytology/index.ts'
import { fold } from '../../search/fold.ts'
import { isDamaged } from './damaged-number.ts'
import { readBirthDate, readDate } from './read-date.ts'
import { IMPORT_FIELDS, type ImportFault, type ImportField, type ImportRow } from './schemas.ts'

export type Fault = Static<typeof ImportFault>
/** A row whose texts are understood. */
export interface ReadRow extends PatientData {
  row: number
  marrowNumber: string
  site: string
  receivedOn: string | null
  diagnosis: string
  clinicalNote: string
}

/** As the columns of the database hold them, in characters; a word or a day is read before it is kept. */
const LONGEST_OF_KIND = { text: 190, number: 190, sex: 64, day: 64 }
const LONGEST: Record<Exclude<ImportField, PatientField>, number> = {
  marrowNumber: 190,
  site: 190,
  receivedOn: 64,
  diagnosis: 500,
  clinicalNote: 10_000,
}
const longest = (field: ImportField) =>
  field in PATIENT_FIELDS
    ? LONGEST_OF_KIND[PATIENT_FIELDS[field as PatientField].kind]
    : LONGEST[field as keyof typeof LONGEST]
const ofKind = (kind: keyof typeof LONGEST_OF_KIND) =>
  PATIENT_FIELD_NAMES.filter((field) => PATIENT_FIELDS[field].kind === kind)
const NUMBERS: readonly ImportField[] = [...ofKind('number'), 'marrowNumber']
const DAYS: readonly ImportField[] = [...ofKind('day'), 'receivedOn']
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
    faults.push({ row: given.row, field, code, found: shortened(given[field] ?? '') })
  const text = Object.fromEntries(
    IMPORT_FIELDS.map((field) => [field, given[field]?.trim() ?? '']),
  ) as Record<ImportField, string>
  for (const field of IMPORT_FIELDS) {
    if (NO_TEXT.test(text[field])) fault(field, 'NOT_TEXT')
    else if ([...text[field]].length > longest(field)) fault(field, 'TOO_LONG')
  }
  // What a program writes for a number or a name that there is not.
  for (const field of ['name', 'hospitalNumber', 'marrowNumber'] as const)
    if (saysNothing(text[field])) text[field] = ''
  const name = writtenName(text.name)
  if (name === '') fault('name', 'NAME_MISSING')
  else if (isGarbled(name) || QUOTED.test(name)) fault('name', 'NOT_TEXT')
  const sex = SEXES[fold(text.sex)]
  if (!sex) fault('sex', 'SEX_NOT_KNOWN')
  for (const field of NUMBERS) {
    if (isDamaged(text[field])) fault(field, 'NUMBER_DAMAGED')
  }
  const days = Object.fromEntries(DAYS.map((field) => [field, null as string | null]))
  for (const field of DAYS) {
    if (text[field] === '') continue
    const date = field === 'birthDate' ? readBirthDate(text[field]) : readDate(text[field])
    if (!date) fault(field, 'DATE_IMPOSSIBLE')
    else if (date > today) fault(field, 'DATE_IN_FUTURE')
    else days[field] = date
  }
  if (days.birthDate && days.receivedOn && days.birthDate > days.receivedOn) {
    fault('birthDate', 'BORN_AFTER_RECEIVED')
  }
  if (faults.length > 0) return faults
  const numbers = Object.fromEntries(NUMBERS.map((field) => [field, writtenNumber(text[field])]))
  return { row: given.row, ...text, name, ...numbers, ...days, sex: sex! } as ReadRow
}

/** Quotes that another program set around a text, or before it. */
const QUOTED = /^['"`=]/

export const shortened = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')].slice(0, 80).join('')
