import { join } from 'node:path'
import sharp from 'sharp'
import { drawField } from '../../testkit/index.ts'
import type { Point } from '../../vision/index.ts'

export const FIELD = { width: 2560, height: 1920, umPerPixel: 0.1, cells: 20 }

/** A drawn field on disk, with the centres of its cells in pixels. */
export type FieldFile = { file: string; umPerPixel: number; centres: Point[] }

/** Draws the nth field of the bench as a JPEG in `folder`; always the same one. */
export async function fieldFile(folder: string, n: number): Promise<FieldFile> {
  const { data, width, height, umPerPixel, cells } = drawField({ ...FIELD, seed: 1000 + n })
  const file = join(folder, `field-${n}.jpg`)
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(file)
  const centres = cells.map(({ box: [x, y, w, h] }): Point => [x + w / 2, y + h / 2])
  return { file, umPerPixel, centres }
}
