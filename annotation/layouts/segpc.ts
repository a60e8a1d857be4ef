import { basename, extname, join } from 'node:path'
import type { Box, LabelledBox } from '../labelled-image.ts'
import { readTable } from '../table.ts'
import { isFile } from './files.ts'
import type { Layout } from './layout.ts'
import { knownScale } from './scales.ts'
import { SPLITS } from './split.ts'

const YES_NO = ['0', '1'] as const

/**
 * segpc: marrow fields in index.csv, their plasma cells in plasma_boxes.csv. Every other nucleated cell is there but not
 * labelled, so the fields are partial. Boxes suspected to hold two cells are ignored.
 */
export const segpc: Layout = {
  matches: (dir) => isFile(join(dir, 'plasma_boxes.csv')),

  async fields({ name, dir }, split, options) {
    const boxes = await readPlasmaBoxes(join(dir, 'plasma_boxes.csv'))
    const umPerPixel = options.umPerPixel ?? knownScale('segpc')!
    return (await readTable(join(dir, 'index.csv')))
      .filter((row) => row.oneOf('split', SPLITS) === split)
      .map((row) => ({
        file: join(dir, row.text('file')),
        source: name,
        width: row.number('width'),
        height: row.number('height'),
        umPerPixel,
        boxes: boxes.get(stem(row.text('file'))) ?? [],
        partial: true,
      }))
  },
}

async function readPlasmaBoxes(file: string): Promise<Map<string, LabelledBox[]>> {
  const byImage = new Map<string, LabelledBox[]>()
  for (const row of await readTable(file)) {
    const box: Box = [row.number('x'), row.number('y'), row.number('w'), row.number('h')]
    const merged = row.oneOf('merged_suspect', YES_NO) === '1'
    const labelled: LabelledBox = {
      box,
      label: 'plasma_cell',
      touchesEdge: row.oneOf('touches_edge', YES_NO) === '1',
      ...(merged ? { ignore: true } : {}),
    }
    const image = row.text('image')
    byImage.set(image, [...(byImage.get(image) ?? []), labelled])
  }
  return byImage
}

function stem(file: string): string {
  return basename(file, extname(file))
}
