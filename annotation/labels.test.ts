import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { applyCorrections } from './apply-corrections.ts'
import { checkFields } from './check-fields.ts'
import { parseCorrections } from './corrections.ts'
import { type FormatName, readLabelSet, writeLabelSet } from './label-set/label-set.ts'
import type { LabelledField } from './labelled-image.ts'
import { stem } from './name-index.ts'
import { readTable } from './table.ts'

const dir = join(import.meta.dirname, '../data/labels/segpc')
const SPLITS = ['train.json', 'val.json', 'test.json']

async function read(path: string, format: FormatName): Promise<LabelledField[]> {
  const { value, problems } = await readLabelSet(path, format)
  expect(problems).toEqual([])
  return value.toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

describe.each([
  ['', SPLITS],
  ['second-pass', ['test.json']],
])('the labels of the marrow fields, in "%s"', (pass, files) => {
  /** The fields of all splits, as the corrections make them of the proposals. */
  async function made(): Promise<LabelledField[]> {
    const fields = await read(join(dir, 'proposals'), 'coco')
    const proposals = new Map(fields.map((field) => [stem(field.file), field]))
    const file = join(pass, 'corrections.txt')
    const { value, problems } = parseCorrections(await readFile(join(dir, file), 'utf8'), file)
    expect(problems).toEqual([])
    const corrected = value.map((image) => applyCorrections(proposals.get(image.image)!, image, file))
    expect(corrected.flatMap((applied) => applied.problems)).toEqual([])
    return corrected.map((applied) => applied.value.field).toSorted((a, b) => (a.file < b.file ? -1 : 1))
  }

  async function expectFiles(fields: LabelledField[]) {
    const written = new Map(writeLabelSet(fields, 'coco').files.map(({ name, text }) => [name, text]))
    expect([...written.keys()].sort()).toEqual(files.toSorted())
    for (const [name, text] of written) {
      expect(await readFile(join(dir, pass, name), 'utf8')).toBe(text)
    }
  }

  test('are what the corrections make of the proposals, and sound', async () => {
    const fields = await made()
    expect(checkFields(fields)).toEqual([])
    await expectFiles(fields)
  })

  test('are the same when they have been through labelme', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'labels-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const { name, text } of writeLabelSet(await made(), 'labelme').files) {
      await writeFile(join(folder, name), text)
    }
    await expectFiles(await read(folder, 'labelme'))
  })
})

test('the second pass is of the 25 test fields drawn by hash and the first 5 with the most disagreement', async () => {
  const test = (await readTable(join(dir, 'fields.csv'))).filter((row) => row.text('split') === 'test')
  const named = (chosen: string) =>
    test.filter((row) => row.text('chosen') === chosen).map((row) => stem(row.text('image')))
  const fields = await read(join(dir, 'second-pass/test.json'), 'coco')
  const wanted = [...named('by hash of the name'), ...named('most disagreement').slice(0, 5)]
  expect(fields.map(({ file }) => stem(file)).sort()).toEqual(wanted.sort())
})

test('each was chosen for a reason that is written down, and has the split of its source', async () => {
  const chosen = new Map(
    (await readTable(join(dir, 'fields.csv'))).map((row) => [stem(row.text('image')), row]),
  )
  for (const name of SPLITS) {
    for (const field of await read(join(dir, name), 'coco')) {
      expect(chosen.get(stem(field.file))?.text('split')).toBe(field.split)
    }
  }
})
