import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { CELL_CLASSES, type CellClass, NOT_IDENTIFIABLE } from '../../cytology/index.ts'
import { cosine, type KnownCells, nearestKnown } from '../../vision/index.ts'
import { round } from '../cells/rounded.ts'
import { embeddingOf } from '../cells/similar-cells.ts'
import { readProbabilities } from '../cells/stored-probabilities.ts'
import type { Database } from '../database/schema.ts'
import { decodeEmbedding } from '../inference/embedding-code.ts'
import type { KnownTo } from './known-to.ts'
import { readReferences, referenceAnswer } from './read-references.ts'
import type { NearReferences } from './schemas.ts'

const NEAREST = 6
/** Of a cell whose embedding is not known: as many of each of its probable types. */
const UNCOMPARED = 3

/**
 * What a cell looks like: the site's reference cells that are most like it, and at least one of each of its two most probable
 * types; and the types of the labelled cells most like it, of those that `knownTo` a recogniser.
 *
 * Errors: NOT_FOUND.
 */
export async function nearReferences(
  db: Kysely<Database>,
  knownTo: KnownTo,
  userId: string,
  cellId: string,
): Promise<Static<typeof NearReferences>> {
  const like = await embeddingOf(db, cellId)
  const types = await probableTypes(db, cellId)
  const drawn = await isOfDemo(db, cellId)
  const all = (await readReferences(db, { userId, drawn })).map((row) => ({
    ...referenceAnswer(row),
    similarity:
      like?.recogniser === row.recogniser
        ? round(cosine(like.vector, decodeEmbedding(row.embedding)), 4)
        : null,
  }))
  const known = like ? await knownTo(like.recogniser) : null
  return {
    references: nearest(all, types),
    known: like && known ? neighbours(known, like.vector) : null,
  }
}

function nearest<T extends { type: CellClass; similarity: number | null }>(
  references: readonly T[],
  types: readonly CellClass[],
): T[] {
  const all = references.toSorted((a, b) => (b.similarity ?? -2) - (a.similarity ?? -2))
  const comparable = all.filter(({ similarity }) => similarity !== null)
  if (comparable.length === 0) {
    return types.flatMap((type) => all.filter((one) => one.type === type).slice(0, UNCOMPARED))
  }
  const near = comparable.slice(0, NEAREST)
  const missing = types.filter((type) => !near.some((one) => one.type === type))
  return [...near, ...missing.flatMap((type) => all.find((one) => one.type === type) ?? [])]
}

function neighbours(known: KnownCells, vector: Int8Array) {
  const { types, similarity } = nearestKnown(known, vector)
  return { types, similarity: round(similarity, 4) }
}

/** Drawn cells stand beside drawn cells alone. */
async function isOfDemo(db: Kysely<Database>, cellId: string): Promise<boolean> {
  const row = await db
    .selectFrom('cells')
    .innerJoin('cases', 'cases.id', 'case_id')
    .select('synthetic')
    .where('cells.id', '=', cellId)
    .executeTakeFirst()
  return row?.synthetic === 1
}

/** What cannot be identified has no typical picture. */
async function probableTypes(db: Kysely<Database>, cellId: string) {
  const share = await readProbabilities(db, cellId)
  return CELL_CLASSES.map((type) => ({ type, p: share[type] ?? 0 }))
    .filter(({ type }) => type !== NOT_IDENTIFIABLE)
    .sort((a, b) => b.p - a.p)
    .slice(0, 2)
    .map(({ type }) => type)
}
