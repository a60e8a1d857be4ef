import { basename, dirname, join } from 'node:path'
import { readJson } from './coco.ts'
import { readLabels } from './label-file.ts'
import type { LabelProblem } from './label-problems.ts'
import { filesEnding, imageSize, imagesByStem, type LabelSetFormat } from './label-set-format.ts'
import type { LabelledField } from './labelled-image.ts'
import { inspectLabelme, isLabelme, toLabelme } from './labelme.ts'
import { stem } from './split-assignment.ts'

/** A labelme file an image; other JSON files of the folder are said to be none. */
export const labelmeSet: LabelSetFormat = {
  async matches(path) {
    for (const file of await filesEnding(path, '.json')) {
      const text = await readLabels(file)
      if (isLabelme(readJson(text).value)) return true
    }
    return false
  },

  async read(path, { images }) {
    const fields: LabelledField[] = []
    const problems: LabelProblem[] = []
    const byStem = await imagesByStem(images)
    for (const file of await filesEnding(path, '.json')) {
      const text = await readLabels(file)
      const image = byStem.get(stem(file)) ?? join(dirname(file), `${pathIn(text)}`)
      const size = /"imageWidth":\s*\d/.test(text) ? undefined : await imageSize(image)
      const inspected = inspectLabelme(text, file, size)
      problems.push(...inspected.problems)
      if (inspected.value === undefined) continue
      const { imagePath, ...field } = inspected.value
      fields.push({ file: imagePath, source: basename(path), ...field })
    }
    return { value: fields, problems }
  },

  write: (fields) => ({
    files: fields.map((field) => ({
      name: `${stem(field.file)}.json`,
      text: toLabelme(field, field.file),
    })),
    lost: [],
  }),
}

function pathIn(text: string): string {
  const { value } = readJson(text)
  return isLabelme(value) ? String((value as { imagePath: unknown }).imagePath).replaceAll('\\', '/') : ''
}
