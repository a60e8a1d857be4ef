export type { Box } from '../api/geometry.ts'
export type {
  Analysis,
  Case as CaseInfo,
  CaseEvent,
  Cell,
  Fault,
  Field,
  ManualCount,
  Signature,
  Slide,
} from '../api/types.ts'
export type { CellSet, Change } from './undo.ts'
