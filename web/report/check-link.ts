import { CELL_CLASS_INFO } from '../../cytology/index.ts'
import type { Checks } from '../api/types.ts'

type Check = Pick<Checks[number], 'code' | 'numbers'>

/** Which view of a case shows what a check is about; one that needs no look at the case is left out. */
const VIEWS: Partial<Record<Checks[number]['code'], string>> = {
  UNIDENTIFIED_LEFT: 'read?type=not_identifiable&open=1',
  UNREVIEWED_LEFT: 'read?open=1',
  SECOND_READING_OPEN: 'second',
  BELOW_TARGET: 'counter',
  COUNT_NOT_CHOSEN: 'counter',
  COUNTS_DISAGREE: 'counter',
  NOTHING_COUNTED: 'images',
  ANALYSIS_RUNNING: 'images',
  FIELDS_WAITING: 'images',
  FIELDS_FAILED: 'images',
  SCALE_IN_DOUBT: 'images',
  SCALE_CHANGED: 'images',
  IMAGES_DAMAGED: 'images',
}

/** The address at which a person settles a check; undefined where there is none. A share leads to its cells. */
export function linkOf({ code, numbers }: Check, caseId: string): string | undefined {
  const type = numbers?.types[0]
  const isOfCells = code === 'SHARE_FAR' || code === 'PHRASE_CONTRADICTS'
  if (isOfCells) return type && type in CELL_CLASS_INFO ? `/case/${caseId}/read?type=${type}` : undefined
  const view = VIEWS[code]
  return view && `/case/${caseId}/${view}`
}
