import { blandAltman, classificationFigures, estimate } from '../../annotation/index.ts'
import {
  CELL_CLASS_INFO,
  CELL_CLASSES,
  CELL_TYPES,
  type CellClass,
  type CellType,
  LINEAGES,
  type Lineage,
  lineageShares,
} from '../../cytology/index.ts'
import type { GroupScores, LineageDifference } from '../report/report.ts'
import type { Answered } from './answers.ts'

/** A line of fewer labelled cells says nothing of how well the line is known. */
const FEWEST_CELLS = 10
/** Fewer cells in an image have no shares to compare. */
const FEWEST_IN_IMAGE = 5

const LINES = Object.keys(LINEAGES) as Lineage[]
const lineOf = (type: CellClass): string => CELL_CLASS_INFO[type].lineage ?? type

/** Neighbours in maturation that readers part least alike. */
const MERGED: Partial<Record<CellClass, string>> = {
  band_neutrophil: 'band_or_segmented',
  segmented_neutrophil: 'band_or_segmented',
  myelocyte: 'myelocyte_or_metamyelocyte',
  metamyelocyte: 'myelocyte_or_metamyelocyte',
}
const mergedOf = (type: CellClass): string => MERGED[type] ?? type

/** How well cell lines are told apart, over images of cells of the 12 types. */
export const lineageScores = (images: readonly Answered[][]): GroupScores =>
  groupScores(images, lineOf, LINES, FEWEST_CELLS)

/** How well types are told apart where band is taken with segmented, and myelocyte with metamyelocyte. */
export const mergedScores = (images: readonly Answered[][]): GroupScores =>
  groupScores(images, mergedOf, [...new Set(CELL_TYPES.map(mergedOf))], 1)

function groupScores(
  images: readonly Answered[][],
  groupOf: (type: CellClass) => string,
  groups: readonly string[],
  fewest: number,
): GroupScores {
  const all = [...new Set(CELL_CLASSES.map(groupOf))]
  const grouped = images.map((cells) =>
    cells.map(({ truth, predicted }) => ({
      truth: groupOf(truth as CellType),
      predicted: groupOf(predicted),
    })),
  )
  const { byClass } = classificationFigures(grouped.flat(), all)
  const known = groups.filter((name) => byClass[name]!.support >= fewest)
  return {
    groups: groups.map((name) => ({ name, ...byClass[name]! })).filter(({ support }) => support > 0),
    macroF1: estimate(grouped, (sample) => classificationFigures(sample.flat(), all, known).macroF1),
  }
}

/** Each line's share of an image's cells as named, less its share as labelled; null where too few images have enough cells. */
export function lineageDifferences(images: readonly Answered[][]): LineageDifference[] | null {
  const pairs = images
    .filter((cells) => cells.length >= FEWEST_IN_IMAGE)
    .map((cells) => [shares(cells, 'predicted'), shares(cells, 'truth')] as const)
  if (pairs.length < 2) return null
  return LINES.map((lineage) => {
    const differences = pairs.flatMap(([named, labelled]) => {
      const [a, b] = [named[lineage].percent, labelled[lineage].percent]
      return a === null || b === null ? [] : [a - b]
    })
    const sum = differences.reduce((total, d) => total + d, 0)
    const squares = differences.reduce((total, d) => total + d * d, 0)
    const limits = blandAltman({ cases: differences.length, sum, squares })
    return limits && { lineage, images: limits.cases, bias: limits.bias, low: limits.low, high: limits.high }
  }).filter((one) => one !== null)
}

function shares(cells: readonly Answered[], which: 'truth' | 'predicted') {
  const counts: Partial<Record<CellClass, number>> = {}
  for (const cell of cells) counts[cell[which] as CellClass] = (counts[cell[which] as CellClass] ?? 0) + 1
  return lineageShares(counts)
}
