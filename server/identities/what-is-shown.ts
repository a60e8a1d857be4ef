/**
 * The one place that decides what is shown to who may not know who a patient is. Schemas of answers mark what identifies
 * (`identity` of api/common.ts); this walks an answer along its schema and covers what is marked. What people typed
 * elsewhere is gone through for the words that name this patient.
 */

import { PATIENT_FIELD_NAMES, PATIENT_FIELDS } from '../../cytology/index.ts'
import type { IdentityKind } from '../api/common.ts'
import { caseLabel } from './case-label.ts'

/** Stands where something was written that names a patient. */
const COVERED = '—'
const HAN = /\p{Script=Han}/u

/** The parts of a JSON schema that are read here. */
interface Schema {
  'x-identity'?: IdentityKind
  type?: unknown
  enum?: unknown
  const?: unknown
  pattern?: unknown
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  patternProperties?: Readonly<Record<string, Schema>>
}
/** What may hold a name and is covered whole; no word of it names anybody. */
const FREE: readonly IdentityKind[] = ['note', 'fault']
type Row = Readonly<Record<string, unknown>>

/**
 * An answer as it is shown. `schema`: the JSON schema of the answer, undefined where it has none; `words`: what names the
 * patient whom the answer is about; `now`: ms since 1970, for the age that stands instead of a date of birth.
 */
export function covered(answer: unknown, schema: unknown, words: readonly string[], now: number): unknown {
  const found = new Set(words)
  wordsIn(answer, schema as Schema, found)
  return walk(answer, schema as Schema, wordCover([...found]), now)
}

/** Covers every word in a text; the longest first, for one may be a part of another. */
export function wordCover(words: readonly string[]): (text: string) => string {
  const parts = words.filter(isTelling).sort((a, b) => b.length - a.length)
  if (parts.length === 0) return (text) => text
  const pattern = new RegExp(
    parts
      .map((word) => {
        const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        return HAN.test(word) ? plain : `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`
      })
      .join('|'),
    'giu',
  )
  return (text) => text.replace(pattern, COVERED)
}

/** A number such as 12 stands everywhere, and names nobody by itself. */
const isTelling = (word: string): boolean => [...word.trim()].length >= (HAN.test(word) ? 2 : 4)

/** What is marked in an answer names somebody in its other texts too. */
function wordsIn(value: unknown, schema: Schema | undefined, found: Set<string>): void {
  if (schema?.['x-identity']) {
    if (typeof value === 'string' && !FREE.includes(schema['x-identity'])) found.add(value)
    return
  }
  if (Array.isArray(value)) for (const one of value) wordsIn(one, schemaOfItems(schema), found)
  else if (isRow(value)) {
    const of = schemaOfKeys(schema)
    for (const [key, one] of Object.entries(value)) wordsIn(one, of(key), found)
  } else for (const branch of schema?.anyOf ?? []) wordsIn(value, branch, found)
}

function walk(
  value: unknown,
  schema: Schema | undefined,
  clean: (text: string) => string,
  now: number,
): unknown {
  if (Array.isArray(value)) return value.map((one) => walk(one, schemaOfItems(schema), clean, now))
  if (isRow(value)) return row(value, schema, clean, now)
  return typeof value === 'string' && !isOfProgram(schema) ? clean(value) : value
}

function row(of: Row, schema: Schema | undefined, clean: (text: string) => string, now: number): Row {
  const schemas = schemaOfKeys(schema)
  const shown = Object.entries(of).map(([key, value]) => {
    const known = schemas(key)
    const kind = known && kindOf(known)
    return [key, kind ? cover(kind, value, of) : walk(value, known, clean, now)]
  })
  const { birthDate } = of
  const age = schemas('ageYears') && typeof birthDate === 'string' ? { ageYears: years(birthDate, now) } : {}
  return { ...Object.fromEntries(shown), ...age }
}

function cover(kind: IdentityKind, value: unknown, of: Row): unknown {
  if (value === null || value === undefined) return value
  if (kind === 'marrow-number') return caseLabel(String(of.caseId ?? of.id))
  if (kind === 'day') return null
  if (kind === 'changes') return changesOf(value as Row)
  // A sentence about a file begins with its code, which the pages say in words.
  if (kind === 'fault') return /^[A-Z_]+(?=:)/.exec(String(value))?.[0] ?? ''
  return ''
}

/** A change of what is known of a patient: that it was made, not from what to what. */
const changesOf = (changes: Row): Row =>
  Object.fromEntries(
    Object.entries(changes).map(([field, sides]) => [
      field,
      tellsNobody(field) || !Array.isArray(sides) ? sides : sides.map(() => COVERED),
    ]),
  )
const tellsNobody = (field: string): boolean =>
  PATIENT_FIELD_NAMES.some((name) => name === field && !PATIENT_FIELDS[name].identifies)

/** Completed years. */
function years(birthDate: string, now: number): number {
  const today = new Date(now).toISOString().slice(0, 10)
  const whole = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? whole - 1 : whole)
}

const kindOf = (schema: Schema): IdentityKind | undefined =>
  schema['x-identity'] ?? schema.anyOf?.map(kindOf).find((kind) => kind !== undefined)

/** Ids, days and words of the program's own are never what people typed. */
const isOfProgram = (schema: Schema | undefined): boolean =>
  schema !== undefined && (schema.enum ?? schema.const ?? schema.pattern) !== undefined

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

const branches = (schema: Schema | undefined): readonly Schema[] =>
  schema?.anyOf ? schema.anyOf.flatMap((one) => branches(one)) : schema ? [schema] : []

const schemaOfItems = (schema: Schema | undefined): Schema | undefined =>
  branches(schema).find(({ items }) => items !== undefined)?.items

/** The schema of each property; of a record the one of its values. */
function schemaOfKeys(schema: Schema | undefined): (key: string) => Schema | undefined {
  const all = branches(schema)
  return (key) => {
    for (const { properties, patternProperties } of all) {
      if (properties && Object.hasOwn(properties, key)) return properties[key]
      const [values] = Object.values(patternProperties ?? {})
      if (values) return values
    }
    return undefined
  }
}
