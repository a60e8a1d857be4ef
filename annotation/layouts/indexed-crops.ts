import { join } from 'node:path'
import { readLabels } from '../label-file.ts'
import { readTable } from '../table.ts'
import { isFile } from './files.ts'
import type { Layout } from './layout.ts'
import { requiredScale } from './scales.ts'
import { SPLITS } from './split.ts'

/** matek and pbc: index.csv with a line a crop (file, class, split, width, height), the cell in the middle. */
export const indexedCrops: Layout = {
  async matches(dir) {
    const index = join(dir, 'index.csv')
    if (!(await isFile(index))) return false
    const columns = (await readLabels(index)).split(/\r?\n/, 1)[0]!.split(',')
    return columns.includes('class')
  },

  async crops(source, split, options) {
    const umPerPixel = requiredScale(source, options)
    const rows = await readTable(join(source.dir, 'index.csv'))
    return rows
      .filter((row) => row.oneOf('split', SPLITS) === split)
      .map((row) => ({
        file: join(source.dir, row.text('file')),
        source: source.name,
        type: row.text('class'),
        umPerPixel,
        centre: [row.number('width') / 2, row.number('height') / 2] as const,
      }))
  },
}
