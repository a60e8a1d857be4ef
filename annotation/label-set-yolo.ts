import { basename, dirname, join } from 'node:path'
import { readLabels } from './label-file.ts'
import { labelNamed } from './label-names.ts'
import { type LabelProblem, problemsOf } from './label-problems.ts'
import { filesEnding, imageSize, imagesByStem, type LabelSetFormat, losses } from './label-set-format.ts'
import type { LabelledField } from './labelled-image.ts'
import { isFile } from './layouts/files.ts'
import { stem } from './split-assignment.ts'
import { inspectYolo, toYolo } from './yolo.ts'

const CLASSES = 'classes.txt'

/** classes.txt with a name a line, and labels/ with a text file an image (or the text files beside classes.txt). */
export const yoloSet: LabelSetFormat = {
  matches: async (path) =>
    (await isFile(join(path, CLASSES))) || (await isFile(join(dirname(path), CLASSES))),

  async read(path, { images }) {
    const classes = (await isFile(join(path, CLASSES))) ? join(path, CLASSES) : join(dirname(path), CLASSES)
    const names = (await readLabels(classes))
      .split(/\r?\n/)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map(labelNamed)
    const byStem = await imagesByStem(images ?? join(path, 'images'))
    const fields: LabelledField[] = []
    const problems: LabelProblem[] = []
    for (const file of await filesEnding(path, '.txt')) {
      if (basename(file) === CLASSES) continue
      const image = byStem.get(stem(file))
      const size = image === undefined ? undefined : await imageSize(image)
      if (image === undefined || size === undefined) {
        const { problems: missing, note } = problemsOf(file)
        note('image', `its image is not there or cannot be read, and YOLO does not state its size`)
        problems.push(...missing)
        continue
      }
      const { value: boxes, problems: wrong } = inspectYolo(await readLabels(file), { file, ...size, names })
      problems.push(...wrong)
      fields.push({ file: basename(image), source: basename(path), ...size, boxes })
    }
    return { value: fields, problems }
  },

  write(fields) {
    const names = [
      ...new Set(fields.flatMap(({ boxes }) => boxes.filter((b) => !b.ignore).map((b) => b.label))),
    ].sort()
    return {
      files: [
        { name: CLASSES, text: names.map((name) => `${name}\n`).join('') },
        ...fields.map((field) => ({
          name: `labels/${stem(field.file)}.txt`,
          text: toYolo(field, names).text,
        })),
      ],
      lost: losses(fields, 'YOLO', []),
    }
  },
}
