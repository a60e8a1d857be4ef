/** Draws the demonstration's fields as PNG files into a folder, in a thread of its own: it takes seconds of computing. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import sharp from 'sharp'
import { DEMO_FIELDS, drawField } from '../../testkit/index.ts'

const { folder } = workerData as { folder: string }
const names: string[] = []
for (const [i, options] of DEMO_FIELDS.entries()) {
  const { data, width, height, umPerPixel } = drawField(options)
  const name = `synthetic-field-${i + 1}.png`
  await sharp(data, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: 25400 / umPerPixel })
    .png()
    .toFile(join(folder, name))
  names.push(name)
}
parentPort!.postMessage(names)
