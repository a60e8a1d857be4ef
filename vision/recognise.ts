import { CELL_CLASSES, type CellClass, DOUBTFUL_BELOW } from '../cytology/index.ts'
import { crops, type Point } from './crops.ts'
import type { FieldImage } from './decode.ts'
import type { Steps } from './detect.ts'
import type { Recogniser } from './models.ts'
import { raster } from './raster.ts'

export type Recognition = {
  /** The class with the largest probability. */
  type: CellClass
  probability: number
  /** Less probable than DOUBTFUL_BELOW. */
  doubtful: boolean
  /** Calibrated, 0..1, together 1. */
  probabilities: Record<CellClass, number>
  /** Looks less like the cells that were taught than 19 of 20 usually do; null where the recogniser does not say. */
  unfamiliar: boolean | null
  /** Unit length; near for cells that look alike. */
  embedding: Float32Array
  /** Centres of the places that decided, in original pixels, inside the image. */
  regions: Point[]
}

/** Crops a run: enough to keep the cores busy, and a fraction of a second each. */
const BATCH = 16

export type RecogniseOptions = Steps & {
  /** Crops a run of the network. */
  batch?: number
}

/**
 * Names the cells around the given centres (original pixels) of a field whose pixels are `umPerPixel` µm wide, in
 * the order given.
 *
 * Errors: those of `raster`; the signal's reason when it is aborted.
 */
export async function recogniseCells(
  { recogniser }: { recogniser: Recogniser },
  image: FieldImage,
  umPerPixel: number,
  centres: readonly Point[],
  { signal, onProgress, batch: most = BATCH }: RecogniseOptions = {},
): Promise<Recognition[]> {
  if (centres.length === 0) return []
  const { cropSize: size, usualSimilarity } = recogniser.card
  const field = await raster(image, umPerPixel, recogniser.card.umPerPixel)
  const scaleX = image.width / field.width
  const scaleY = image.height / field.height
  const named: Recognition[] = []
  for (let start = 0; start < centres.length; start += most) {
    signal?.throwIfAborted()
    const batch = centres.slice(start, start + most).map(([x, y]): Point => [x / scaleX, y / scaleY])
    const { data, corners } = crops(field, batch, size)
    const results = await recogniser.network.run({ crops: { data, shape: [batch.length, size, size, 3] } })
    const similarity = usualSimilarity && results.similarity!.data
    const row = (name: 'probabilities' | 'embedding' | 'regions', i: number) => {
      const all = results[name]!.data
      const length = all.length / batch.length
      return all.slice(i * length, (i + 1) * length)
    }
    for (const [i, [left, top]] of corners.entries()) {
      const places = row('regions', i)
      const regions = Array.from(
        { length: places.length / 2 },
        (_, k): Point => [
          clamp((left + places[2 * k]!) * scaleX, image.width),
          clamp((top + places[2 * k + 1]!) * scaleY, image.height),
        ],
      )
      const unfamiliar = similarity ? similarity[i]! < usualSimilarity.twentieth : null
      named.push({ ...verdict(row('probabilities', i)), unfamiliar, embedding: row('embedding', i), regions })
    }
    onProgress?.(named.length / centres.length, centres.length)
  }
  return named
}

function verdict(
  row: Float32Array,
): Pick<Recognition, 'type' | 'probability' | 'doubtful' | 'probabilities'> {
  const best = row.indexOf(Math.max(...row))
  const probabilities = Object.fromEntries(CELL_CLASSES.map((id, i) => [id, row[i]!])) as Record<
    CellClass,
    number
  >
  return {
    type: CELL_CLASSES[best]!,
    probability: row[best]!,
    doubtful: row[best]! < DOUBTFUL_BELOW,
    probabilities,
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max)
}
