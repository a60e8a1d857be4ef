/**
 * Probabilities as the table of cells keeps them: an array in the order of the classes that the cell's analysis keeps, so that
 * they mean the same when a class is added. A cell that the networks named by itself, because a person added it or moved its
 * box, keeps them by class: it has no analysis, or one that was made when the classes were others.
 */
import type { Kysely } from 'kysely'
import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'

type Known = Partial<Record<CellClass, number>>

/** What an analysis that is queued now keeps as its classes. */
export const CLASSES_NOW = JSON.stringify(CELL_CLASSES)

/** The order of an array of a cell without an analysis: until 0013 those that a person added were kept so. */
const FIRST_CLASSES = [
  ...['blast', 'promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil', 'segmented_neutrophil'],
  ...['eosinophil', 'basophil', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast', 'not_identifiable'],
]

/** Of a cell that an analysis with these classes found; by class where it was queued before a class was added. */
export const storedFor = (classes: string, probabilities: Record<CellClass, number>): string =>
  JSON.stringify(classes === CLASSES_NOW ? CELL_CLASSES.map((id) => probabilities[id]) : probabilities)

/** By class, `classes` being those of the cell's analysis; without a class that was added later. */
export function probabilitiesOf(stored: string, classes: string | null): Known {
  const kept: number[] | Known = JSON.parse(stored)
  if (!Array.isArray(kept)) return kept
  const order: string[] = classes === null ? FIRST_CLASSES : JSON.parse(classes)
  return Object.fromEntries(kept.map((p, i) => [order[i], p]))
}

/** Of one cell that is there. */
export async function readProbabilities(db: Kysely<Database>, cellId: string): Promise<Known> {
  const { probabilities, classes } = await db
    .selectFrom('cells')
    .leftJoin('analyses', 'analyses.id', 'analysis_id')
    .select(['probabilities', 'classes'])
    .where('cells.id', '=', cellId)
    .executeTakeFirstOrThrow()
  return probabilitiesOf(probabilities, classes)
}
