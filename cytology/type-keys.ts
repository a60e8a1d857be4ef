import { CELL_CLASSES, CELL_TYPES, type CellClass, NOT_IDENTIFIABLE } from './cell-types.ts'

/** The key that names a cell of each type, as a person's own counter has it. */
export type TypeKeys = Readonly<Record<CellClass, string>>

const ROW = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', 'q', 'w', 'e']

/** The row of digits in maturation order, letters for types that came later, `u` for what cannot be identified. */
export const USUAL_TYPE_KEYS = {
  ...Object.fromEntries(CELL_TYPES.map((type, i) => [type, ROW[i]])),
  [NOT_IDENTIFIABLE]: 'u',
} as TypeKeys

/** Keys with a meaning of their own where cells are read or counted. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set('zyfxbmscglrdo[]?/ ')

/** Why a choice of keys cannot be used. */
export type KeyFault =
  | { kind: 'unknown'; name: string }
  | { kind: 'missing'; type: CellClass }
  | { kind: 'not_single'; type: CellClass }
  | { kind: 'reserved'; type: CellClass; key: string }
  | { kind: 'alike'; type: CellClass; other: CellClass; key: string }

/** A key as it is compared and kept: a letter means the same with and without Shift. */
export const plainKey = (key: string): string => key.toLowerCase()

/** Every fault of a choice of keys, in the order of the classes: each needs one, no two the same, none a reserved one. */
export function keyFaults(keys: Readonly<Record<string, string>>): KeyFault[] {
  const faults: KeyFault[] = Object.keys(keys)
    .filter((name) => !(CELL_CLASSES as readonly string[]).includes(name))
    .map((name) => ({ kind: 'unknown', name }))
  const taken = new Map<string, CellClass>()
  for (const type of CELL_CLASSES) {
    const key = plainKey(keys[type] ?? '')
    const other = taken.get(key)
    if (key === '') faults.push({ kind: 'missing', type })
    else if (RESERVED_KEYS.has(key)) faults.push({ kind: 'reserved', type, key })
    else if (!/^[^\s\p{C}]$/u.test(key)) faults.push({ kind: 'not_single', type })
    else if (other) faults.push({ kind: 'alike', type, other, key })
    else taken.set(key, type)
  }
  return faults
}
