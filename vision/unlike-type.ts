/** How unlike its type a cell is: so that names which are wrong come first, also those that the network is sure of. */
import { CELL_CLASSES, type CellClass } from '../cytology/index.ts'
import type { KnownCells } from './known-cells.ts'

/** A cell of a case, as it is called now. */
export type NamedCell = {
  type: CellClass
  /** A person has named or confirmed it. */
  reviewed: boolean
  /** The network's probability of `type`, 0..1. */
  probability: number
  /** µm across; null where the scale is unknown. */
  diameter: number | null
  /** What the recogniser saw, of any scale; null where nothing was kept. */
  embedding: ArrayLike<number> | null
}

/** Cells of a type that make a centre or a usual size of a case. */
const FEW = 5
/** Cells of each type among which neighbours are looked for: as many of the case, and as many of the known ones. */
const POOL = 15
const NEIGHBOURS = 10
/** Vectors that are gone through at once. */
const ABREAST = 4
/** Robust z-score from which a size is an outlier (Iglewicz and Hoaglin, How to detect and handle outliers, 1993). */
const OUTLIER = 3.5

/**
 * How unlike its type each cell is, 0..1, in the order given: the plain mean of up to four parts, each 0..1.
 *
 * 1. Distance: d / (d + d′), where d is the cell's distance (1 − cosine of embeddings) to the centre of its type, and d′ to the
 *    nearest centre of another type. The centre is the mean of that of the case's reviewed cells, where there are 5, and that of
 *    the known cells; left out where there is neither. 0.5: as near to another type.
 * 2. Neighbours: which share of the 10 most similar cells has another type, among up to 15 cells of each type of the
 *    case (reviewed ones first) and 15 known ones. As many of each type, or rare ones would never be neighbours; no more neighbours
 *    than there are cells of the type, and left out where these are fewer than 5.
 * 3. Size: (z / 3.5)², at most 1, where z is the robust z-score of the cell's diameter (median and MAD) among those of its type in
 *    the case; left out where there are fewer than 5.
 * 4. Network: 1 less its probability of the type. Of a cell without an embedding it decides alone.
 */
export function unlikeType(cells: readonly NamedCell[], known: KnownCells | null): Float64Array {
  const dimensions = cells.find(({ embedding }) => embedding)?.embedding?.length ?? 0
  const seen = cells.map(({ embedding }) => embedding && unit(embedding))
  const labelled = known && known.dimensions === dimensions ? ofKnown(known) : []
  const own = cells.flatMap(({ type, reviewed }, i) =>
    seen[i] ? [{ type, reviewed, at: i, vector: seen[i] }] : [],
  )
  const centres = centresOf(own, labelled)
  const sizes = usualSizes(cells)
  const pool = poolOf(own, labelled)
  return Float64Array.from(cells, (cell, i) => {
    const network = 1 - cell.probability
    const vector = seen[i]
    if (!vector) return network
    const distance = relativeDistance(centres, cell.type, vector)
    const among = strangers(pool, cell.type, vector, i)
    const parts = [network, distance, among, outlying(sizes, cell)].filter((part) => part !== null)
    return parts.reduce((sum, part) => sum + part, 0) / parts.length
  })
}

interface Labelled {
  type: CellClass
  vector: Float64Array
}
interface Own extends Labelled {
  reviewed: boolean
  at: number
}

function unit(vector: ArrayLike<number>): Float64Array {
  let squares = 0
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!
  const length = Math.sqrt(squares) || 1
  const scaled = new Float64Array(vector.length)
  for (let i = 0; i < vector.length; i++) scaled[i] = vector[i]! / length
  return scaled
}

const ofKnown = ({ labels, dimensions, embeddings }: KnownCells): Labelled[] =>
  labels.map((label, i) => ({
    type: CELL_CLASSES[label]!,
    vector: unit(embeddings.subarray(i * dimensions, (i + 1) * dimensions)),
  }))

function mean(vectors: readonly Float64Array[]): Float64Array | undefined {
  if (vectors.length === 0) return undefined
  const sum = new Float64Array(vectors[0]!.length)
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!
  return unit(sum)
}

function centresOf(own: readonly Own[], known: readonly Labelled[]): Map<CellClass, Float64Array> {
  const centres = new Map<CellClass, Float64Array>()
  for (const type of CELL_CLASSES) {
    const vectorsIn = (some: readonly Labelled[]) =>
      some.filter((one) => one.type === type).map(({ vector }) => vector)
    const reviewed = vectorsIn(own.filter((one) => one.reviewed))
    const both = [reviewed.length >= FEW ? reviewed : [], vectorsIn(known)].map(mean)
    const centre = mean(both.filter((vector) => vector !== undefined))
    if (centre) centres.set(type, centre)
  }
  return centres
}

function relativeDistance(
  centres: ReadonlyMap<CellClass, Float64Array>,
  type: CellClass,
  vector: Float64Array,
): number | null {
  let own: number | null = null
  let nearest = Number.POSITIVE_INFINITY
  for (const [of, centre] of centres) {
    const distance = Math.max(0, 1 - dot(centre, vector))
    if (of === type) own = distance
    else if (distance < nearest) nearest = distance
  }
  if (own === null || nearest === Number.POSITIVE_INFINITY) return null
  return own + nearest > 0 ? own / (own + nearest) : 0
}

/** Cells to be neighbours: their vectors one behind the other, the type of each, and which cell of the case it is, or -1. */
interface Pool {
  vectors: Float64Array
  types: CellClass[]
  at: number[]
}

function poolOf(own: readonly Own[], known: readonly Labelled[]): Pool {
  const chosen = CELL_CLASSES.flatMap((type) => {
    const of = own.filter((one) => one.type === type)
    const reviewed = spread(of.filter((one) => one.reviewed))
    const others = spread(of.filter((one) => !one.reviewed)).slice(0, POOL - reviewed.length)
    const labelled = spread(known.filter((one) => one.type === type)).map((one) => ({ ...one, at: -1 }))
    return [...reviewed, ...others, ...labelled]
  })
  const dimensions = chosen[0]?.vector.length ?? 0
  // Filled up with zeros, so that the last ones are four too.
  const vectors = new Float64Array(Math.ceil(chosen.length / ABREAST) * ABREAST * dimensions)
  for (const [i, { vector }] of chosen.entries()) vectors.set(vector, i * dimensions)
  return { vectors, types: chosen.map(({ type }) => type), at: chosen.map(({ at }) => at) }
}

/** At most POOL, evenly from the first to the last. */
const spread = <T>(all: readonly T[]): T[] =>
  all.length <= POOL
    ? [...all]
    : Array.from({ length: POOL }, (_, i) => all[Math.floor((i * all.length) / POOL)]!)

/** Which share of a cell's neighbours is of another type; null where its type has few. `self`: the cell, which is no neighbour of its own. */
function strangers(
  { vectors, types, at }: Pool,
  type: CellClass,
  vector: Float64Array,
  self: number,
): number | null {
  const alike = types.reduce((sum, of, i) => (of === type && at[i] !== self ? sum + 1 : sum), 0)
  if (alike < FEW) return null
  const most = Math.min(NEIGHBOURS, alike)
  const likeness = likenessTo(vectors, vector)
  const near: number[] = []
  for (let i = 0; i < types.length; i++) {
    if (at[i] === self) continue
    if (near.length === most) {
      if (likeness[i]! <= likeness[near[most - 1]!]!) continue
      near.pop()
    }
    let place = near.length
    while (place > 0 && likeness[near[place - 1]!]! < likeness[i]!) place--
    near.splice(place, 0, i)
  }
  return near.filter((i) => types[i] !== type).length / near.length
}

/** The dot product of a vector with each of those that lie behind each other. Four at a time: twice as fast as one by one. */
function likenessTo(all: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  const found = new Float64Array(all.length / size)
  for (let n = 0; n < found.length; n += ABREAST) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    const first = n * size
    for (let i = 0; i < size; i++) {
      const value = vector[i]!
      a += value * all[first + i]!
      b += value * all[first + size + i]!
      c += value * all[first + 2 * size + i]!
      d += value * all[first + 3 * size + i]!
    }
    found[n] = a
    found[n + 1] = b
    found[n + 2] = c
    found[n + 3] = d
  }
  return found
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!
  return sum
}

/** By type, the median diameter and the spread (1.4826 MAD) of the case's cells; without a type of which there are few, or all are alike. */
function usualSizes(cells: readonly NamedCell[]): Map<CellClass, { median: number; spread: number }> {
  const sizes = new Map<CellClass, { median: number; spread: number }>()
  for (const [type, some] of Map.groupBy(cells, (cell) => cell.type)) {
    const diameters = some.flatMap(({ diameter }) => diameter ?? [])
    if (diameters.length < FEW) continue
    const middle = median(diameters)
    const wide = 1.4826 * median(diameters.map((diameter) => Math.abs(diameter - middle)))
    if (wide > 0) sizes.set(type, { median: middle, spread: wide })
  }
  return sizes
}

function outlying(sizes: ReturnType<typeof usualSizes>, { type, diameter }: NamedCell): number | null {
  const usual = sizes.get(type)
  if (!usual || diameter === null) return null
  return Math.min(1, ((diameter - usual.median) / usual.spread / OUTLIER) ** 2)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
