import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { checkFields } from '../check-fields.ts'
import { fields } from '../fields-for-tests.ts'
import type { LabelledBox, LabelledField } from '../labelled-image.ts'
import { type FormatName, formatOf, readLabelSet, writeLabelSet } from './label-set.ts'

async function written(set: LabelledField[], format: FormatName): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'labels-'))
  for (const { name, text } of writeLabelSet(set, format).files) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
  return dir
}

async function through(set: LabelledField[], format: FormatName, images?: string): Promise<LabelledField[]> {
  const { value, problems } = await readLabelSet(await written(set, format), format, { images })
  expect(problems).toEqual([])
  return byName(value).map((field) => ({ ...field, source: 'mine' }))
}

const byName = (set: LabelledField[]) => set.toSorted((a, b) => (a.file < b.file ? -1 : 1))

/** Without what a format cannot hold, and boxes to a hundredth of a pixel. */
const reduced = (set: LabelledField[], keep: (box: LabelledBox) => object) =>
  set.map(({ file, width, height, boxes }) => ({
    file,
    width,
    height,
    boxes: boxes.map((labelled) => ({
      box: labelled.box.map((v) => Math.round(v * 100) / 100 + 0),
      ...keep(labelled),
    })),
  }))

test('labelme loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fields(), async (set) => {
      expect(await through(set, 'labelme')).toEqual(byName(set))
    }),
    { numRuns: 25 },
  )
})

test('COCO loses nothing, and its ids stay through labelme and back', async () => {
  await fc.assert(
    fc.asyncProperty(fields(), async (set) => {
      const once = await through(set, 'coco')
      const withoutIds = once.map(({ id: _, boxes, ...field }) => ({
        ...field,
        boxes: boxes.map(({ id: __, ...box }) => box),
      }))
      expect(withoutIds).toEqual(byName(set))
      expect(checkFields(once).filter(({ why }) => why.includes('the id'))).toEqual([])
      expect(await through(await through(once, 'labelme'), 'coco')).toEqual(once)
    }),
    { numRuns: 25 },
  )
})

test('Pascal VOC keeps boxes, labels, and what is ignored and why', async () => {
  const keep = ({ label, ignore, reason }: LabelledBox) => ({ label, ignore, reason })
  await fc.assert(
    fc.asyncProperty(fields(), async (set) => {
      expect(reduced(await through(set, 'voc'), keep)).toEqual(reduced(byName(set), keep))
    }),
    { numRuns: 25 },
  )
})

test('YOLO keeps boxes and labels, and says what it cannot keep', async () => {
  const images = await mkdtemp(join(tmpdir(), 'images-'))
  const set = fc.sample(fields(), { numRuns: 40, seed: 7 }).flat()
  for (const { file, width, height } of set) {
    await sharp({ create: { width, height, channels: 3, background: '#fff' } }).toFile(join(images, file))
  }
  const keep = ({ label }: LabelledBox) => ({ label })
  const sure = set.map((field) => ({ ...field, boxes: field.boxes.filter(({ ignore }) => !ignore) }))
  expect(reduced(await through(set, 'yolo', images), keep)).toEqual(reduced(byName(sure), keep))
  const ignored = set.flatMap(({ boxes }) => boxes).length - sure.flatMap(({ boxes }) => boxes).length
  expect(ignored).toBeGreaterThan(5)
  expect(writeLabelSet(set, 'yolo').lost).toContain(
    `YOLO cannot keep ignored boxes, which are left out: ${ignored} lost.`,
  )
}, 60_000)

test('no image is dropped: two that would share a file are refused', () => {
  const field = { source: 'mine', width: 9, height: 9, boxes: [] }
  const set = [
    { file: 'a/1.png', ...field },
    { file: 'b/1.png', ...field },
  ]
  expect(() => writeLabelSet(set, 'labelme')).toThrow(expect.objectContaining({ code: 'LABELS_COLLIDE' }))
  expect(writeLabelSet(set, 'coco').files).toHaveLength(1)
})

test('labels of another size than the image leave it out', async () => {
  const images = await mkdtemp(join(tmpdir(), 'images-'))
  const set = ['fits', 'smaller', 'turned', 'away'].map((name): LabelledField => {
    return { file: `${name}.png`, source: 'mine', width: 60, height: 40, boxes: [] }
  })
  for (const [name, width, height] of [['fits', 60, 40], ['smaller', 30, 20], ['turned', 40, 60]] as const) // biome-ignore format: one line
    await sharp({ create: { width, height, channels: 3, background: '#fff' } }).toFile(
      join(images, `${name}.png`),
    )
  for (const format of ['labelme', 'coco', 'voc'] as const) {
    const { value, incomplete, problems } = await readLabelSet(await written(set, format), format, { images })
    expect(value.map(({ file }) => file).sort()).toEqual(['away.png', 'fits.png'])
    expect(incomplete).toHaveLength(2)
    expect(problems.map(({ why }) => why).sort()).toEqual([
      'it has 30×20 pixels, the labels say 60×40',
      'it has 40×60 pixels, the labels say 60×40',
    ])
  }
})

describe('the format is told by the contents', () => {
  const field: LabelledField = {
    file: '1.png',
    source: 'mine',
    width: 9,
    height: 9,
    boxes: [{ box: [1, 1, 2, 2], label: 'blast' }],
  }
  test.each<FormatName>(['labelme', 'coco', 'voc', 'yolo'])('%s', async (format) => {
    expect(await formatOf(await written([field], format))).toBe(format)
  })
  test('nothing', async () => expect(await formatOf(await mkdtemp(join(tmpdir(), 'none-')))).toBeUndefined())
})

test('files that cannot be read are listed, all of them, and the sound ones are still read', async () => {
  const dir = await written([{ file: 'good.png', source: 'mine', width: 9, height: 9, boxes: [] }], 'labelme')
  await writeFile(join(dir, 'empty.json'), '')
  await writeFile(join(dir, 'list.json'), '[1, 2]')
  await writeFile(join(dir, 'null.json'), 'null')
  const { value, problems } = await readLabelSet(dir, 'labelme')
  expect(value.map(({ file }) => file)).toEqual(['good.png'])
  expect([...new Set(problems.map(({ file }) => file.replace(`${dir}/`, '')))]).toEqual([
    'empty.json',
    'list.json',
    'null.json',
  ])
})
