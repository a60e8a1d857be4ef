/** What a haematologist knows, as pure functions on plain data: runs in a browser as well as on a server. */

export type { Agreement, Pair } from './agreement.ts'
export { agreement } from './agreement.ts'
export type { CellClass, CellClassInfo, CellType } from './cell-types.ts'
export {
  CELL_CLASS_INFO,
  CELL_CLASSES,
  CELL_TYPES,
  isCellClass,
  NOT_IDENTIFIABLE,
  typesOfLineage,
} from './cell-types.ts'
export type { CountingRule } from './counting-rules.ts'
export { COUNTING_RULES, countingRule, DEFAULT_COUNTING_RULE } from './counting-rules.ts'
export type { Counts, Differential, MeRatio, TypeShare } from './differential.ts'
export { differential, meRatio } from './differential.ts'
export { DOUBTFUL_BELOW } from './doubt.ts'
export { MarrowscopeError } from './errors.ts'
export { INTENDED_USE } from './intended-use.ts'
export type { Interval } from './intervals.ts'
export { clopperPearson } from './intervals.ts'
export type { Lineage } from './lineages.ts'
export { LINEAGES } from './lineages.ts'
export type { MeRule } from './me-rules.ts'
export { ME_RULES, meRule } from './me-rules.ts'
export type { Measure, ReferenceRange, ReferenceTable } from './reference-ranges.ts'
export { againstReference, REFERENCE_TABLES } from './reference-ranges.ts'
