import { v7 as uuid } from 'uuid'
import {
  isKnown,
  numberKey,
  PATIENT_FIELD_NAMES,
  PATIENT_FIELDS,
  type PatientData,
  type PatientField,
  patientDataOf,
  patientDataOfRow,
} from '../../../cytology/index.ts'
import { fold } from '../../search/fold.ts'
import type { Known } from './known.ts'
import { type Fault, type ReadRow, shortened } from './read-row.ts'

/** A patient as the plan knows it: one of the database, or one that it will add. */
export interface Person extends PatientData {
  id: string
  also: string
  archived: 0 | 1
  isNew: boolean
  /** The row that it comes from, or the first one that completes it. */
  row: ReadRow
  completed: boolean
}
export interface NewCase {
  id: string
  person: Person
  row: ReadRow
}
export interface Plan {
  faults: Fault[]
  people: Person[]
  cases: NewCase[]
  /** Rows that say nothing that is not there. */
  known: number
}

/**
 * What rows of a file add to what is known. A hospital number names one patient and a marrow number one case; without a
 * hospital number a person is known by the case, or by name, sex and day of birth. Once more the same rows add nothing.
 */
export function planImport(rows: readonly ReadRow[], known: Known): Plan {
  const faults: Fault[] = []
  const people = new Map<string, Person>()
  const byKey = new Map<string, Person>()
  const cases = new Map<string, NewCase>()
  let unchanged = 0
  const person = (
    row: Known['byName'] extends Map<string, (infer P)[]> ? P : never,
    from: ReadRow,
    also: string,
  ) => {
    const there = people.get(row.id)
    if (there) return there
    const made: Person = {
      ...patientDataOfRow(row),
      ...{ id: row.id, also, archived: row.archived, isNew: false, row: from, completed: false },
    }
    people.set(row.id, made)
    return made
  }
  const find = (row: ReadRow): Person | undefined => {
    const number = known.byNumber.get(numberKey(row.hospitalNumber))
    const planned = keysOf(row)
      .map((key) => byKey.get(key))
      .find(Boolean)
    if (planned) return planned
    if (row.hospitalNumber) return number && person(number.patient, row, number.also)
    const ofCase = known.cases.get(numberKey(row.marrowNumber))
    if (row.marrowNumber && ofCase) return person(ofCase.patient, row, ofCase.patient.name)
    if (row.marrowNumber && !row.birthDate) return undefined
    const same = known.byName
      .get(row.name)
      ?.find((other) => other.sex === row.sex && other.birth_date === row.birthDate)
    return same && person(same, row, same.name)
  }
  for (const row of rows) {
    const fault = (field: Fault['field'], code: Fault['code'], found: string) =>
      faults.push({ row: row.row, field, code, found: shortened(found) })
    if (known.twice.has(numberKey(row.hospitalNumber))) {
      fault('hospitalNumber', 'NUMBER_TWICE', row.hospitalNumber)
      continue
    }
    const lost = (['hospitalNumber', 'marrowNumber'] as const).filter((field) =>
      known.padded[field].has(numberKey(row[field])),
    )
    for (const field of lost) fault(field, 'ZEROS_LOST', row[field])
    if (lost.length > 0) continue
    let who = find(row)
    const there = row.marrowNumber ? known.cases.get(numberKey(row.marrowNumber)) : undefined
    const planned = row.marrowNumber ? cases.get(numberKey(row.marrowNumber)) : undefined
    const owner = there?.patient.id ?? planned?.person.id
    if (who && ![who.name, who.also].some((name) => fold(name) === fold(row.name) || name === '')) {
      fault(
        row.hospitalNumber ? 'hospitalNumber' : 'marrowNumber',
        row.hospitalNumber ? 'OTHER_NAME' : 'MARROW_NUMBER_TAKEN',
        who.name,
      )
      continue
    }
    if (owner && owner !== who?.id) {
      fault('marrowNumber', 'MARROW_NUMBER_TAKEN', there?.patient.name ?? planned!.person.name)
      continue
    }
    const other = who && contradiction(who, row)
    if (other) {
      fault(other, 'OTHER_PERSON', String(who![other]))
      continue
    }
    let says = false
    if (!who) {
      who = {
        ...patientDataOf(row),
        ...{ id: uuid(), also: row.name, archived: 0, isNew: true, row, completed: false },
      }
      people.set(who.id, who)
      says = true
    } else if (completes(who, row)) {
      says = true
    }
    for (const key of keysOf(row)) byKey.set(key, who)
    if (row.marrowNumber && !there && !planned) {
      cases.set(numberKey(row.marrowNumber), { id: uuid(), person: who, row })
      says = true
    }
    if (!says) unchanged++
  }
  return {
    faults,
    people: [...people.values()].filter(({ isNew, completed }) => isNew || completed),
    cases: [...cases.values()],
    known: unchanged,
  }
}

/** What names the person of a row among those of the same file. */
function keysOf(row: ReadRow): string[] {
  if (row.hospitalNumber) return [`number ${numberKey(row.hospitalNumber)}`]
  const person = `person ${JSON.stringify([row.name, row.sex, row.birthDate])}`
  if (!row.marrowNumber) return [person]
  return [`case ${numberKey(row.marrowNumber)}`, ...(row.birthDate ? [person] : [])]
}

const contradiction = (who: Person, row: ReadRow): PatientField | undefined =>
  PATIENT_FIELD_NAMES.find(
    (field) =>
      PATIENT_FIELDS[field].lasting &&
      isKnown(row[field]) &&
      isKnown(who[field]) &&
      row[field] !== who[field],
  )

/** Takes over what the person lacks; whether there was any. */
function completes(who: Person, row: ReadRow): boolean {
  const lacking = PATIENT_FIELD_NAMES.filter(
    // Who is known by the case keeps the number, or none.
    (field) => field !== 'hospitalNumber' && !isKnown(who[field]) && isKnown(row[field]),
  )
  if (lacking.length === 0) return false
  Object.assign(who, Object.fromEntries(lacking.map((field) => [field, row[field]])))
  who.completed = !who.isNew
  return true
}
