import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { CELL_CLASSES, type CellClass, MarrowscopeError } from '../cytology/index.ts'
import { checkedJson } from './checked-json.ts'

/** Labelled cells that the recogniser was not taught, by what it saw in them; no picture and no name of one. */
export type KnownCells = {
  /** Index into CELL_CLASSES of each cell. */
  labels: readonly number[]
  /** Numbers of one embedding. */
  dimensions: number
  /** One embedding behind the other; all are scaled alike, which no cosine notices. */
  embeddings: Int8Array
}

export type Neighbours = {
  /** The most frequent type first, of equal ones the first of CELL_CLASSES. */
  types: { type: CellClass; count: number }[]
  /** Mean cosine of the neighbours' embeddings to the given one, -1..1. */
  similarity: number
}

/** As `python -m marrowscope_training known-cells` writes it. Further keys are documentation for people. */
const check = Compile(
  Type.Object({
    recogniser: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    classes: Type.Tuple(CELL_CLASSES.map((id) => Type.Literal(id))),
    labels: Type.Array(Type.Integer({ minimum: 0, maximum: CELL_CLASSES.length - 1 }), { minItems: 1 }),
    dimensions: Type.Integer({ minimum: 1 }),
    embeddings: Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
  }),
)

/**
 * The labelled cells of a folder of models, known-cells.json, as the recogniser with this SHA-256 sees them; null where there are
 * none, or where another recogniser saw them: embeddings of two recognisers cannot be compared.
 *
 * Errors: KNOWN_CELLS_INVALID, naming the first thing that is wrong; those of reading a file.
 */
export async function loadKnownCells(dir: string, recogniser: string): Promise<KnownCells | null> {
  const path = join(dir, 'known-cells.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const invalid = (what: string, cause?: unknown) =>
    new MarrowscopeError(
      'KNOWN_CELLS_INVALID',
      `The index of labelled cells ${path} is not usable: ${what}; restore it, or remove it to do without.`,
      { file: path, cause },
    )
  const file = checkedJson(check, text, invalid)
  if (file.recogniser !== recogniser) return null
  const { labels, dimensions } = file
  const embeddings = new Int8Array(Buffer.from(file.embeddings, 'base64'))
  if (embeddings.length !== labels.length * dimensions) {
    throw invalid(
      `${labels.length} embeddings of ${dimensions} numbers were to be read, not ${embeddings.length} numbers`,
    )
  }
  return { labels, dimensions, embeddings }
}

/** The types of the `count` labelled cells most like a cell, by the cosine of its embedding (of any scale) to theirs. */
export function nearestKnown(known: KnownCells, embedding: ArrayLike<number>, count = 20): Neighbours {
  const { labels, dimensions, embeddings } = known
  const all = labels.map((label, i) => ({
    label,
    cosine: cosine(embedding, embeddings.subarray(i * dimensions, (i + 1) * dimensions)),
  }))
  const near = all.sort((a, b) => b.cosine - a.cosine).slice(0, count)
  const counts = CELL_CLASSES.map((type, i) => ({
    type,
    count: near.filter(({ label }) => label === i).length,
  }))
  return {
    types: counts.filter((one) => one.count > 0).sort((a, b) => b.count - a.count),
    similarity: near.reduce((sum, one) => sum + one.cosine, 0) / near.length,
  }
}

/** Cosine of the angle between two vectors of the same length, -1..1; 0 where one is all zeros. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}
