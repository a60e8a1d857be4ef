import {
  type Agreement,
  agreement,
  CELL_CLASS_INFO,
  CELL_TYPES,
  type CellClass,
  LINEAGES,
} from '../cytology/index.ts'
import type { CellReading } from './cell-readings.ts'

/** A cell that two readers named without knowing of each other. */
export type TwiceRead = { image: string; first: CellReading; second: CellReading }

/** The name under which a figure stands, and what each reader's answer becomes for it. */
export const AGREEMENT_VIEWS: readonly (readonly [name: string, view: (type: CellClass) => string])[] = [
  ['13 classes', (type) => type],
  ['lineages', (type) => CELL_CLASS_INFO[type].lineage ?? type],
  ...CELL_TYPES.map(
    (one) => [CELL_CLASS_INFO[one].en, (type: CellClass) => (type === one ? 'yes' : 'no')] as const,
  ),
  ...Object.entries(LINEAGES).map(
    ([id, { en }]) =>
      [`${en} line`, (type: CellClass) => (CELL_CLASS_INFO[type].lineage === id ? 'yes' : 'no')] as const,
  ),
]

/** Cohen's κ of two readers for one view of their answers. */
export function readersAgreement(cells: readonly TwiceRead[], view: (type: CellClass) => string): Agreement {
  const counts = new Map<string, { first: string; second: string; count: number }>()
  for (const { first, second } of cells) {
    const pair = { first: view(first.type), second: view(second.type), count: 1 }
    const key = `${pair.first}\n${pair.second}`
    const known = counts.get(key)
    if (known === undefined) counts.set(key, pair)
    else known.count++
  }
  return agreement([...counts.values()])
}
