import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyCorrections } from './apply-corrections.ts'
import { checkFields } from './check-fields.ts'
import { parseCorrections } from './corrections.ts'
import { readLabelSet, writeLabelSet } from './label-set.ts'
import type { LabelledField } from './labelled-image.ts'
import { stem } from './split-assignment.ts'
import { readTable } from './table.ts'

const dir = join(import.meta.dirname, 'labels/segpc')
const byName = (fields: LabelledField[]) => fields.toSorted((a, b) => (a.file < b.file ? -1 : 1))

async function read(path: string, format: 'coco' | 'labelme'): Promise<LabelledField[]> {
  const { value, problems } = await readLabelSet(join(dir, path), format)
  expect(problems).toEqual([])
  return byName(value)
}

test('the labels of the marrow fields are what the corrections make of the proposals', async () => {
  const proposals = new Map((await read('proposals', 'coco')).map((field) => [stem(field.file), field]))
  const made: LabelledField[] = []
  for (const name of await readdir(join(dir, 'corrections'))) {
    const { value, problems } = parseCorrections(await readFile(join(dir, 'corrections', name), 'utf8'), name)
    expect(problems).toEqual([])
    for (const image of value) {
      const applied = applyCorrections(proposals.get(image.image)!, image, name)
      expect(applied.problems).toEqual([])
      made.push(applied.value.field)
    }
  }
  for (const { name, text } of writeLabelSet(made, 'labelme').files) {
    expect(await readFile(join(dir, 'labelme', name), 'utf8')).toBe(text)
  }
  expect(await readdir(join(dir, 'labelme'))).toHaveLength(made.length)
})

test('they are sound, and the COCO files hold the same', async () => {
  const fields = await read('labelme', 'labelme')
  expect(checkFields(fields)).toEqual([])
  for (const { name, text } of writeLabelSet(fields, 'coco').files) {
    expect(await readFile(join(dir, name), 'utf8')).toBe(text)
  }
})

test('each was chosen for a reason that is written down, and has the split of its source', async () => {
  const chosen = new Map(
    (await readTable(join(dir, 'fields.csv'))).map((row) => [stem(row.text('image')), row]),
  )
  for (const field of await read('labelme', 'labelme')) {
    expect(chosen.get(stem(field.file))?.text('split')).toBe(field.split)
  }
})
