import type { Cells } from '../database/schema.ts'
import type { NamedCell } from '../inference/inference.ts'
import { inOrder, round } from './rounded.ts'

/** What the network said of a box, as the table of cells keeps it. */
export function namingOf(
  named: NamedCell,
): Pick<Cells, 'suggested' | 'probability' | 'probabilities' | 'regions' | 'unfamiliar'> {
  return {
    suggested: named.type,
    probability: round(named.probability, 4),
    unfamiliar: flag(named.unfamiliar),
    probabilities: JSON.stringify(inOrder(named.probabilities).map((p) => round(p, 4))),
    regions: JSON.stringify(named.regions.map((point) => point.map((value) => round(value, 1)))),
  }
}

export const flag = (value: boolean | null) => (value === null ? null : value ? 1 : 0)
