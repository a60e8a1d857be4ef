import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyCorrections } from './apply-corrections.ts'
import { checkFields } from './check-fields.ts'
import { parseCorrections } from './corrections.ts'
import { readLabelSet, writeLabelSet } from './label-set.ts'
import type { LabelledField } from './labelled-image.ts'
import { stem } from './name-index.ts'
import { readTable } from './table.ts'

const dir = join(import.meta.dirname, 'labels/segpc')
const byName = (fields: LabelledField[]) => fields.toSorted((a, b) => (a.file < b.file ? -1 : 1))

async function read(path: string, format: 'coco' | 'labelme'): Promise<LabelledField[]> {
  const { value, problems } = await readLabelSet(join(dir, path), format)
  expect(problems).toEqual([])
  return byName(value)
}

describe.each(['', 'second-pass'])('the labels of the marrow fields, in "%s"', (pass) => {
  const corrections = pass === '' ? 'corrections' : '.'

  test('are what the corrections make of the proposals', async () => {
    const proposals = new Map((await read('proposals', 'coco')).map((field) => [stem(field.file), field]))
    const made: LabelledField[] = []
    for (const name of await readdir(join(dir, pass, corrections))) {
      if (!name.endsWith('.txt')) continue
      const text = await readFile(join(dir, pass, corrections, name), 'utf8')
      const { value, problems } = parseCorrections(text, name)
      expect(problems).toEqual([])
      for (const image of value) {
        const applied = applyCorrections(proposals.get(image.image)!, image, name)
        expect(applied.problems).toEqual([])
        made.push(applied.value.field)
      }
    }
    for (const { name, text } of writeLabelSet(made, 'labelme').files) {
      expect(await readFile(join(dir, pass, 'labelme', name), 'utf8')).toBe(text)
    }
    expect(await readdir(join(dir, pass, 'labelme'))).toHaveLength(made.length)
  })

  test('are sound, and the COCO files hold the same', async () => {
    const fields = await read(join(pass, 'labelme'), 'labelme')
    expect(checkFields(fields)).toEqual([])
    for (const { name, text } of writeLabelSet(fields, 'coco').files) {
      expect(await readFile(join(dir, pass, name), 'utf8')).toBe(text)
    }
  })
})

test('the second pass is of the 25 test fields drawn by hash and the first 5 with the most disagreement', async () => {
  const test = (await readTable(join(dir, 'fields.csv'))).filter((row) => row.text('split') === 'test')
  const named = (chosen: string) =>
    test.filter((row) => row.text('chosen') === chosen).map((row) => stem(row.text('image')))
  const fields = await read('second-pass/labelme', 'labelme')
  const wanted = [...named('by hash of the name'), ...named('most disagreement').slice(0, 5)]
  expect(fields.map(({ file }) => stem(file)).sort()).toEqual(wanted.sort())
})

test('each was chosen for a reason that is written down, and has the split of its source', async () => {
  const chosen = new Map(
    (await readTable(join(dir, 'fields.csv'))).map((row) => [stem(row.text('image')), row]),
  )
  for (const field of await read('labelme', 'labelme')) {
    expect(chosen.get(stem(field.file))?.text('split')).toBe(field.split)
  }
})
