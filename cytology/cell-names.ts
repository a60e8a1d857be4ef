/** Finer names that a site gives its cells, under the twelve types and beside them. */
import { CELL_TYPES, type CellClass, isCellClass, NOT_IDENTIFIABLE } from './cell-types.ts'
import { MarrowscopeError } from './errors.ts'
import { plainKey, RESERVED_KEYS } from './type-keys.ts'

/**
 * `subtype`: a stage or kind of one of the twelve types, and counted with it. `not_counted`: a kind of cell that no differential
 * counts, under `not_identifiable`. `tag`: what is seen in a cell, of whatever type.
 */
export const CELL_NAME_KINDS = ['subtype', 'not_counted', 'tag'] as const
type CellNameKind = (typeof CELL_NAME_KINDS)[number]

export interface CellName {
  /** Stable: a word of those that come with the program, a UUID of a site's own. Cells hold it. */
  readonly id: string
  readonly kind: CellNameKind
  /** The class that a cell of this name has; null of a tag. */
  readonly under: CellClass | null
  readonly en: string
  readonly zh: string
  /** 1 to 6 letters, for overlays and tight columns. */
  readonly abbreviation: string
  /** One letter or digit, pressed with Shift; null where there is none. */
  readonly key: string | null
  /** Not offered any more, and still shown where it was given. */
  readonly retired: boolean
}

/** So many tags one cell can have. */
export const MOST_TAGS = 10
/** So many names one site can have. */
const MOST_CELL_NAMES = 300

/** Tags in the order in which they are kept, each once. */
export const sortedTags = (tags: Iterable<string>): string[] => [...new Set(tags)].sort()

/** What a cell of this class may be called, in the site's order. */
export const namesUnder = (names: readonly CellName[], type: CellClass): CellName[] =>
  names.filter((name) => name.kind !== 'tag' && name.under === type)

/** A list of names as a site may keep it, tidied. Throws CELL_NAME_NOT_VALID, which says of which name and why. */
export function checkCellNames(given: readonly CellName[]): CellName[] {
  if (given.length > MOST_CELL_NAMES) refuse(`Keep at most ${MOST_CELL_NAMES} names.`)
  const names = given.map((name) => {
    const key = name.key === null || name.key.trim() === '' ? null : plainKey(name.key.trim())
    const [en, zh, abbreviation] = [name.en, name.zh, name.abbreviation].map((text) => text.trim()) as [
      string,
      string,
      string,
    ]
    return { ...name, en, zh, abbreviation, key, under: underOf(name) }
  })
  const ids = new Set<string>()
  const taken = {
    en: new Map<string, string>(),
    zh: new Map<string, string>(),
    key: new Map<string, string>(),
  }
  for (const name of names) {
    const { id, en, zh, abbreviation, key } = name
    if (ids.has(id)) refuse(`Two names have the id ${id}.`)
    ids.add(id)
    if (en === '' || zh === '') refuse(`Give each name in English and in Chinese; one lacks '${en || zh}'.`)
    if ([...abbreviation].length < 1 || [...abbreviation].length > 6)
      refuse(`Give '${en}' an abbreviation of 1 to 6 letters.`)
    if (key !== null && (!/^[\p{L}\p{N}]$/u.test(key) || RESERVED_KEYS.has(key) || /[1-9]/.test(key)))
      refuse(`'${key}' cannot be the key of '${en}': take a letter that has no meaning of its own.`)
    // A name that is out of use leaves its words and its key to others.
    if (name.retired) continue
    for (const [what, value] of [
      ['en', en.toLowerCase()],
      ['zh', zh],
      ['key', key],
    ] as const) {
      if (value === null) continue
      const other = taken[what].get(value)
      if (other) refuse(`'${en}' and '${other}' have the same ${what === 'key' ? 'key' : 'name'}.`)
      taken[what].set(value, en)
    }
  }
  return names
}

function underOf({ kind, under, en }: CellName): CellClass | null {
  if (kind === 'tag') return null
  if (kind === 'not_counted') return NOT_IDENTIFIABLE
  if (under === null || under === NOT_IDENTIFIABLE || !isCellClass(under)) {
    return refuse(`Say under which of the ${CELL_TYPES.length} types '${en}' stands.`)
  }
  return under
}

function refuse(message: string): never {
  throw new MarrowscopeError('CELL_NAME_NOT_VALID', message)
}

/** A name with the number of cells that bear it. */
export interface NameCount extends Pick<CellName, 'id' | 'en' | 'zh' | 'abbreviation'> {
  count: number
}

/** Of one type: how many of its cells were named further. */
export interface NamesOfType {
  names: (NameCount & {
    /** 0…100 of all counted cells; null while nothing is counted. */ percent: number | null
  })[]
  /** Cells of the type without a finer name. */
  unnamed: number
}

/** Cells by the id of a finer name; a cell has at most one, and any number of tags. */
export interface NamedCells {
  names: Readonly<Record<string, number>>
  tags: Readonly<Record<string, number>>
}

/**
 * The finer names of a type that has `count` of `counted` cells: every name that is offered or used, in the site's order, once
 * one of its cells has any; null where none has.
 */
export function namesOfType(
  names: readonly CellName[],
  { names: by }: NamedCells,
  type: CellClass,
  { count, counted }: { count: number; counted: number },
): NamesOfType | null {
  const own = namesUnder(names, type).filter(({ id, retired }) => !retired || by[id])
  const named = own.reduce((sum, { id }) => sum + (by[id] ?? 0), 0)
  if (named === 0) return null
  return {
    names: own.map((name) => {
      const n = by[name.id] ?? 0
      return { ...countOf(name, n), percent: counted === 0 ? null : (100 * n) / counted }
    }),
    unnamed: Math.max(0, count - named),
  }
}

/** The names of a list that say something of these cells: those that are borne, and of their types the others that are offered. */
export function namesInUse(names: readonly CellName[], { names: by, tags }: NamedCells): CellName[] {
  const types = new Set(names.filter(({ id }) => by[id]).map(({ under }) => under))
  return names.filter(
    ({ id, kind, under, retired }) =>
      by[id] || tags[id] || (kind === 'subtype' && !retired && types.has(under)),
  )
}

/** Kinds outside the count, or tags, that some cell has, in the site's order. */
export function usedNames(
  names: readonly CellName[],
  kind: 'not_counted' | 'tag',
  { names: by, tags }: NamedCells,
): NameCount[] {
  const counts = kind === 'tag' ? tags : by
  return names
    .filter((name) => name.kind === kind && counts[name.id])
    .map((name) => countOf(name, counts[name.id]!))
}

const countOf = ({ id, en, zh, abbreviation }: CellName, count: number): NameCount => ({
  ...{ id, en, zh, abbreviation },
  count,
})

/** Cells by their finer names and tags. */
export function countNames(cells: Iterable<{ subtype: string | null; tags: readonly string[] }>): NamedCells {
  const found = { names: {} as Record<string, number>, tags: {} as Record<string, number> }
  for (const { subtype, tags } of cells) {
    if (subtype !== null) found.names[subtype] = (found.names[subtype] ?? 0) + 1
    for (const tag of tags) found.tags[tag] = (found.tags[tag] ?? 0) + 1
  }
  return found
}

export const NO_NAMES: NamedCells = { names: {}, tags: {} }
