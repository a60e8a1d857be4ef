import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { cosine } from '../../vision/index.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import { decodeEmbedding } from '../inference/embedding-code.ts'
import { round } from './rounded.ts'
import type { SimilarCells } from './schemas.ts'

/** What a recogniser saw in a cell; undefined of a cell that was found before this was kept. Errors: NOT_FOUND. */
export async function embeddingOf(db: Kysely<Database>, cellId: string) {
  const row = await db
    .selectFrom('cells')
    .leftJoin('cell_embeddings', 'cell_id', 'cells.id')
    .select(['cells.case_id', 'recogniser', 'embedding'])
    .where('cells.id', '=', cellId)
    .executeTakeFirst()
  if (!row) throw notFound('cell')
  const { case_id: caseId, recogniser, embedding } = row
  return recogniser && embedding ? { caseId, recogniser, vector: decodeEmbedding(embedding) } : undefined
}

/** The cells of the same case by the cosine of their embeddings to that of a cell. Errors: NOT_FOUND. */
export async function similarCells(
  db: Kysely<Database>,
  cellId: string,
): Promise<Static<typeof SimilarCells>> {
  const like = await embeddingOf(db, cellId)
  if (!like) return []
  const rows = await db
    .selectFrom('cell_embeddings')
    .innerJoin('cells', 'cells.id', 'cell_id')
    .select(['cell_id', 'embedding'])
    .where('cell_embeddings.case_id', '=', like.caseId)
    .where('recogniser', '=', like.recogniser)
    .where('deleted', '=', 0)
    .execute()
  return rows
    .map(({ cell_id, embedding }) => ({
      id: cell_id,
      similarity: round(cosine(like.vector, decodeEmbedding(embedding)), 4),
    }))
    .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
}
