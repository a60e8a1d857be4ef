import { basename } from 'node:path'
import { inspectCoco, isCoco, readJson } from './coco.ts'
import { fieldsOfCoco, toCoco } from './coco-fields.ts'
import { readLabels } from './label-file.ts'
import { type LabelProblem, problemsOf } from './label-problems.ts'
import { filesEnding, type LabelSetFormat } from './label-set-format.ts'
import type { LabelledField } from './labelled-image.ts'

/** One COCO file, or a folder of them. Written as one file a split, the categories in the same order in each. */
export const cocoSet: LabelSetFormat = {
  async matches(path) {
    for (const file of await filesEnding(path, '.json')) {
      const text = await readLabels(file)
      if (isCoco(readJson(text).value)) return true
    }
    return false
  },

  async read(path) {
    const fields: LabelledField[] = []
    const problems: LabelProblem[] = []
    for (const file of await filesEnding(path, '.json')) {
      const { value: data, fault } = readJson(await readLabels(file))
      if (fault) {
        problems.push(...noted(file, fault.where, fault.why))
        continue
      }
      const inspected = inspectCoco(data, file)
      problems.push(...inspected.problems)
      const source = basename(path)
      fields.push(...fieldsOfCoco(inspected.value, source, ({ file_name }) => file_name, { keep: true }))
    }
    return { value: fields, problems }
  },

  write(fields) {
    const labels = [...new Set(fields.flatMap(({ boxes }) => boxes.map(({ label }) => label)))].sort()
    // Ids are given over all splits, so that the files can be joined.
    const whole = toCoco(fields, ({ file }) => file, labels)
    const files = [...Map.groupBy(whole.images, ({ split }) => split ?? 'labels')].map(([split, images]) => {
      const ids = new Set(images.map(({ id }) => id))
      const annotations = whole.annotations.filter(({ image_id }) => ids.has(image_id))
      return { name: `${split}.json`, text: cocoText({ ...whole, images, annotations }) }
    })
    return { files, lost: [] }
  },
}

/** A line an element, so that two versions can be compared line by line. */
function cocoText(document: object): string {
  const parts = Object.entries(document).map(
    ([key, list]) =>
      `${JSON.stringify(key)}: [\n${(list as unknown[]).map((e) => JSON.stringify(e)).join(',\n')}\n]`,
  )
  return `{\n${parts.join(',\n')}\n}\n`
}

function noted(file: string, where: string, why: string): LabelProblem[] {
  const { problems, note } = problemsOf(file)
  note(where, why)
  return problems
}
