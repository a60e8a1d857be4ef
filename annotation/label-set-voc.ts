import { basename } from 'node:path'
import { readLabels } from './label-file.ts'
import type { LabelProblem } from './label-problems.ts'
import { filesEnding, type LabelSetFormat, losses } from './label-set-format.ts'
import type { LabelledField } from './labelled-image.ts'
import { stem } from './split-assignment.ts'
import { inspectVoc, toVoc } from './voc.ts'

/** A Pascal VOC file an image, in Annotations/ when written. */
export const vocSet: LabelSetFormat = {
  async matches(path) {
    for (const file of await filesEnding(path, '.xml')) {
      if (/<annotation[\s>]/.test(await readLabels(file))) return true
    }
    return false
  },

  async read(path) {
    const fields: LabelledField[] = []
    const problems: LabelProblem[] = []
    for (const file of await filesEnding(path, '.xml')) {
      const inspected = inspectVoc(await readLabels(file), file)
      problems.push(...inspected.problems)
      if (inspected.value === undefined) continue
      const { filename, ...field } = inspected.value
      fields.push({ file: filename, source: basename(path), ...field })
    }
    return { value: fields, problems }
  },

  write: (fields) => ({
    files: [
      ...fields.map((field) => ({
        name: `Annotations/${stem(field.file)}.xml`,
        text: toVoc(field, basename(field.file)),
      })),
      ...[...Map.groupBy(fields, ({ split }) => split)].flatMap(([split, some]) =>
        split === undefined
          ? []
          : [
              {
                name: `ImageSets/Main/${split}.txt`,
                text: some.map(({ file }) => `${stem(file)}\n`).join(''),
              },
            ],
      ),
    ],
    lost: losses(fields, 'Pascal VOC', ['ignored', 'splits']),
  }),
}
