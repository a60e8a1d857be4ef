import { basename, extname, join } from 'node:path'
import { readLabels } from '../label-file.ts'
import { readTable } from '../table.ts'
import { parseYolo } from '../yolo/yolo.ts'
import { isFile, isFolder } from './files.ts'
import type { Layout } from './layout.ts'
import { knownScale } from './scales.ts'
import { SPLITS } from './split.ts'

const NAMES = ['white', 'red', 'platelet']

/** txl_pbc: fields in index.csv with the origin of each, labels in YOLO form in labels/. */
export const txlPbc: Layout = {
  async matches(dir) {
    return (await isFile(join(dir, 'index.csv'))) && (await isFolder(join(dir, 'labels')))
  },

  async fields({ name, dir }, split, options) {
    const rows = await readTable(join(dir, 'index.csv'))
    return Promise.all(
      rows
        .filter((row) => row.oneOf('split', SPLITS) === split)
        .map(async (row) => {
          const file = row.text('file')
          const [width, height] = [row.number('width'), row.number('height')]
          const origin = row.text('origin')
          const umPerPixel = options.umPerPixel ?? scaleOf(origin, width)
          const labels = join(dir, 'labels', `${basename(file, extname(file))}.txt`)
          return {
            file: join(dir, file),
            source: name,
            width,
            height,
            ...(umPerPixel === undefined ? {} : { umPerPixel }),
            boxes: parseYolo(await readLabels(labels), { file: labels, width, height, names: NAMES }),
            origin,
          }
        }),
    )
  },
}

/**
 * µm per pixel. The pictures come from four sources; the two without a name differ by their size. Measured like the others:
 * red cells taken as 7.5 µm.
 */
function scaleOf(origin: string, width: number): number | undefined {
  if (origin !== 'other') return knownScale(origin.split(':', 1)[0]!)
  return { 256: 0.123, 575: 0.055 }[width]
}
