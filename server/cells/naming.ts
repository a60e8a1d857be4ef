import type { Cells } from '../database/schema.ts'
import type { NamedCell } from '../inference/inference.ts'
import { round } from './rounded.ts'

/** What the network said of one box, as the table of cells keeps it. */
export function namingOf(
  named: NamedCell,
): Pick<Cells, 'suggested' | 'probability' | 'probabilities' | 'regions' | 'unfamiliar'> {
  return {
    suggested: named.type,
    probability: round(named.probability, 4),
    unfamiliar: flag(named.unfamiliar),
    probabilities: JSON.stringify(named.probabilities, (_, p) => (typeof p === 'number' ? round(p, 4) : p)),
    regions: JSON.stringify(named.regions.map((point) => point.map((value) => round(value, 1)))),
  }
}

export const flag = (value: boolean | null) => (value === null ? null : value ? 1 : 0)
