import { join } from 'node:path'
import { isCellClass } from '../../cytology/cell-types.ts'
import { MarrowscopeError } from '../../cytology/errors.ts'
import { openImage } from '../../vision/decode.ts'
import type { LabelledCrop, Split } from '../labelled-image.ts'
import { foldersIn, imagesIn } from './files.ts'
import type { Layout } from './layout.ts'
import { requiredScale } from './scales.ts'
import { splitIn } from './split.ts'

/**
 * Crops in folders named by the cell type's id, the cell in the middle; or such folders within train/, val/ and test/.
 * Without these the crops belong to every split.
 */
export const folders: Layout = {
  async matches(dir) {
    const roots = await splitFolders(dir)
    const names = await Promise.all([dir, ...roots.map((root) => root.dir)].map(foldersIn))
    return names.flat().some(isCellClass)
  },

  async crops(source, split, options) {
    const umPerPixel = requiredScale(source, options)
    const roots = await splitFolders(source.dir)
    const chosen =
      roots.length === 0 ? [source.dir] : roots.filter((r) => r.split === split).map((r) => r.dir)
    const crops: LabelledCrop[] = []
    for (const root of chosen) {
      for (const type of await foldersIn(root)) {
        const dir = join(root, type)
        const files = await imagesIn(dir)
        if (files.length > 0 && !isCellClass(type)) throw classUnknown(dir)
        for (const name of files) {
          const file = join(dir, name)
          const { width, height } = await openImage(file)
          crops.push({ file, source: source.name, type, umPerPixel, centre: [width / 2, height / 2] })
        }
      }
    }
    return crops
  },
}

async function splitFolders(dir: string): Promise<{ dir: string; split: Split }[]> {
  return (await foldersIn(dir)).flatMap((name) => {
    const split = splitIn(name)
    return split === undefined ? [] : [{ dir: join(dir, name), split }]
  })
}

function classUnknown(dir: string): MarrowscopeError {
  return new MarrowscopeError(
    'CLASS_UNKNOWN',
    `The folder ${dir} is not named by the id of a cell type, e.g. plasma_cell; rename it or take it away.`,
    { file: dir },
  )
}
