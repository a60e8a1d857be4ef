import { CELL_CLASSES, type CellClass } from './cell-types.ts'
import type { Counts } from './differential.ts'

/** Which count a case reports: of the cells in its images, of those counted at the microscope, or of both together. */
export const REPORTED_COUNTS = ['images', 'microscope', 'both'] as const
export type ReportedCount = (typeof REPORTED_COUNTS)[number]

/** The two counts of a case; one that was not made is empty. */
export interface CountSources {
  readonly images: Counts
  readonly microscope: Counts
}

const isMade = (counts: Counts): boolean => Object.values(counts).some((count) => count > 0)

/** Whether a case was counted both ways, so that somebody has to say which count is reported. */
export const countedTwice = ({ images, microscope }: CountSources): boolean =>
  isMade(images) && isMade(microscope)

/** Cells of two counts together. */
export function addCounts(a: Counts, b: Counts): Counts {
  const sum: Partial<Record<CellClass, number>> = {}
  for (const type of CELL_CLASSES) {
    const count = (a[type] ?? 0) + (b[type] ?? 0)
    if (count > 0) sum[type] = count
  }
  return sum
}

/**
 * The count that is reported. What was chosen holds where both counts were made; a case with one count reports that one. null:
 * nobody has chosen, and the cells in the images are reported.
 */
export function reportedCount(
  chosen: ReportedCount | null,
  sources: CountSources,
): { from: ReportedCount; counts: Counts } {
  if (!countedTwice(sources)) {
    const from = isMade(sources.images) ? 'images' : 'microscope'
    return { from, counts: sources[from] }
  }
  const from = chosen ?? 'images'
  return { from, counts: from === 'both' ? addCounts(sources.images, sources.microscope) : sources[from] }
}
