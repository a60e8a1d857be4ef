export type { Box } from '../api/geometry.ts'
export type {
  Analysis,
  Case as CaseInfo,
  Cell,
  Fault,
  Field,
  ManualCount,
  Signature,
  Slide,
} from '../api/types.ts'
export type { CellSet, Change } from './undo.ts'

/** What the server tells a page that shows a case. */
export type CaseEvent =
  | { kind: 'case' }
  | { kind: 'fields' }
  | { kind: 'analysis'; analysisId: string }
  | { kind: 'cells'; cellIds: string[]; userId: string | null }
