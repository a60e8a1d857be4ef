import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { CELL_CLASSES } from '../../cytology/index.ts'
// Not the whole library: a thread that answers need not load the networks' runtime first.
import type { KnownCells } from '../../vision/known-cells.ts'
import { type NamedCell, unlikeType } from '../../vision/unlike-type.ts'
import { round } from '../cells/rounded.ts'
import { probabilitiesOf } from '../cells/stored-probabilities.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { decodeEmbedding } from '../inference/embedding-code.ts'
import { type KnownTo, readKnownCells } from './known-to.ts'
import { readReferences } from './read-references.ts'
import type { UnlikeCells } from './schemas.ts'

interface Asked {
  caseId: string
  /** Whose: reference cells of a case that this person reads blind are not compared with. */
  userId: string
  /** The blind reading whose names count; undefined where the case's own do. */
  readingId: string | undefined
  modelsFolder: string
}

let known: KnownTo | undefined

/**
 * How unlike its type each cell of a case is (see vision/unlike-type), the most unlike first: compared with this case's cells, the
 * labelled ones, and the site's reference cells. What different recognisers saw is not compared.
 */
async function unlikeInCase(
  db: Kysely<Database>,
  { caseId, userId, readingId, modelsFolder }: Asked,
): Promise<Static<typeof UnlikeCells>> {
  // An index that cannot be read was reported where it is shown beside a cell.
  known ??= readKnownCells(modelsFolder, () => {})
  const rows = await cellsOf(db, caseId)
  const own = readingId === undefined ? undefined : await namesOf(db, readingId)
  const kept = await readReferences(db, { userId })
  const found: Static<typeof UnlikeCells> = []
  for (const [recogniser, some] of Map.groupBy(rows, (row) => row.recogniser ?? '')) {
    const references = kept.filter((row) => row.recogniser === recogniser)
    const labelled = withReferences(recogniser ? await known(recogniser) : null, references)
    const scores = unlikeType(
      some.map((row) =>
        namedCell(row, own ? (own.get(row.id) ?? { type: row.suggested, reviewed: 0 }) : row),
      ),
      labelled,
    )
    for (const [i, { id }] of some.entries()) found.push({ id, unlike: round(scores[i]!, 4) })
  }
  return found.sort((a, b) => b.unlike - a.unlike || (a.id < b.id ? -1 : 1))
}

type Row = Awaited<ReturnType<typeof cellsOf>>[number]

const cellsOf = (db: Kysely<Database>, caseId: string) =>
  db
    .selectFrom('cells')
    .innerJoin('fields', 'fields.id', 'cells.field_id')
    .leftJoin('cell_embeddings', 'cell_id', 'cells.id')
    .leftJoin('analyses', 'analyses.id', 'analysis_id')
    .select(['cells.id', 'type', 'suggested', 'reviewed', 'probability', 'probabilities', 'classes'])
    .select(['cells.width', 'cells.height', 'um_per_pixel', 'recogniser', 'embedding'])
    .where('cells.case_id', '=', caseId)
    .where('deleted', '=', 0)
    // An index would have them by the first reader's names, and which cells are chosen as neighbours follows the order.
    .orderBy('cells.id')
    .execute()

async function namesOf(db: Kysely<Database>, readingId: string) {
  const rows = await db
    .selectFrom('second_reading_cells')
    .select(['cell_id', 'type', 'reviewed'])
    .where('reading_id', '=', readingId)
    .execute()
  return new Map(rows.map((row) => [row.cell_id, row]))
}

function namedCell(row: Row, { type, reviewed }: Pick<Row, 'type' | 'reviewed'>): NamedCell {
  const { width, height, um_per_pixel: perPixel, probability, probabilities, classes, embedding } = row
  return {
    type,
    reviewed: reviewed === 1,
    // Thousands of texts need not be read for what a column says.
    probability: type === row.suggested ? probability : (probabilitiesOf(probabilities, classes)[type] ?? 0),
    diameter: perPixel === null ? null : ((width + height) / 2) * perPixel,
    embedding: embedding === null ? null : decodeEmbedding(embedding),
  }
}

type Reference = Awaited<ReturnType<typeof readReferences>>[number]

/** The labelled cells and, behind them, the reference cells. */
function withReferences(labelled: KnownCells | null, references: readonly Reference[]): KnownCells | null {
  if (references.length === 0) return labelled
  const vectors = references.map(({ embedding }) => decodeEmbedding(embedding))
  const dimensions = labelled?.dimensions ?? vectors[0]!.length
  const before = labelled?.embeddings ?? new Int8Array()
  const embeddings = new Int8Array(before.length + vectors.length * dimensions)
  embeddings.set(before)
  for (const [i, vector] of vectors.entries()) embeddings.set(vector, before.length + i * dimensions)
  const labels = [...(labelled?.labels ?? []), ...references.map(({ type }) => CELL_CLASSES.indexOf(type))]
  return { labels, dimensions, embeddings }
}

export const UNLIKE_TYPE = reading(import.meta.url, 'UNLIKE_TYPE', unlikeInCase)
