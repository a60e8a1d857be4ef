import { CELL_CLASS_INFO, type CellType, LINEAGES, type Lineage } from './cell-types.ts'
import type { CountingRule } from './counting-rules.ts'
import { type Counts, differential, type TypeShare } from './differential.ts'
import { clopperPearson } from './intervals.ts'

/**
 * Each lineage's share of the cells that a rule counts, in the order of LINEAGES; blasts, which may belong to any line,
 * are in none. A lineage that the rule leaves out has no share: its percentage is null. The interval is that of the lineage's cells taken together, exact, 95 %. Errors as of `differential`.
 */
export function lineageShares(counts: Counts, rule?: string | CountingRule): Record<Lineage, TypeShare> {
  const { counted, byType } = differential(counts, rule)
  const shares = (Object.keys(LINEAGES) as Lineage[]).map((lineage): [Lineage, TypeShare] => {
    const count = (Object.keys(byType) as CellType[])
      .filter((type) => CELL_CLASS_INFO[type].lineage === lineage)
      .reduce((sum, type) => sum + byType[type]!.count, 0)
    const left = !(Object.keys(byType) as CellType[]).some(
      (type) => CELL_CLASS_INFO[type].lineage === lineage,
    )
    const interval = left ? null : clopperPearson(count, counted)
    if (!interval) return [lineage, { count, percent: null, low: null, high: null }]
    const { low, high } = interval
    return [lineage, { count, percent: (100 * count) / counted, low: 100 * low, high: 100 * high }]
  })
  return Object.fromEntries(shares) as Record<Lineage, TypeShare>
}
