import { join } from 'node:path'
import { openImageFolder } from '../image-folder.ts'
import { readLabels } from '../label-file.ts'
import { parseVoc } from '../voc/voc.ts'
import { isFolder } from './files.ts'
import type { Layout } from './layout.ts'
import { knownScale } from './scales.ts'

/** bccd, and any folder in Pascal VOC's layout: Annotations/, JPEGImages/, and ImageSets/Main/ with a list a split. */
export const voc: Layout = {
  async matches(dir) {
    return (await isFolder(join(dir, 'Annotations'))) && (await isFolder(join(dir, 'ImageSets', 'Main')))
  },

  async fields({ name, dir }, split, options) {
    const list = await readLabels(join(dir, 'ImageSets', 'Main', `${split}.txt`))
    const umPerPixel = options.umPerPixel ?? knownScale(name)
    const { images } = await openImageFolder(join(dir, 'JPEGImages'))
    // The list names the image, whatever name it once had in its labels.
    const imageOf = (id: string, filename: string) => {
      const match = images.find(id)
      return match && 'value' in match ? match.value : join(dir, 'JPEGImages', filename)
    }
    return Promise.all(
      list
        .split(/\s+/)
        .filter((id) => id !== '')
        .map(async (id) => {
          const labels = join(dir, 'Annotations', `${id}.xml`)
          const { filename, width, height, boxes } = parseVoc(await readLabels(labels), labels)
          return {
            file: imageOf(id, filename),
            source: name,
            width,
            height,
            ...(umPerPixel === undefined ? {} : { umPerPixel }),
            boxes,
          }
        }),
    )
  },
}
