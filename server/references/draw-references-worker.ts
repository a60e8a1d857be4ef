/** Draws typical cells as PNG files into a folder, in a thread of its own: it takes seconds of computing. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import sharp from 'sharp'
import { CELL_TYPES } from '../../cytology/index.ts'
import { drawCell } from '../../testkit/index.ts'
import type { DrawnReference } from './drawn-references.ts'

const { folder, perType } = workerData as { folder: string; perType: number }
/** Pixels; wider than a reference's picture, so that a cell off the middle still has glass all around it. */
const SIZE = 320
const drawn: DrawnReference[] = []
for (const [i, type] of CELL_TYPES.entries()) {
  for (let n = 0; n < perType; n++) {
    const { data, width, height, umPerPixel, cells } = drawCell({ type, seed: 100 * (i + 1) + n, size: SIZE })
    const file = join(folder, `${type}-${n}.png`)
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file)
    drawn.push({ type, file, umPerPixel, box: cells[0]!.box })
  }
}
parentPort!.postMessage(drawn)
