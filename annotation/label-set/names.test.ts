/** Names of images and encodings of texts, as other programs and other machines write them. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../decode-text.ts'
import { ENCODINGS, encoded } from '../encodings-for-tests.ts'
import { tree } from '../layouts/tree-for-tests.ts'
import { nameIndex, stem } from '../name-index.ts'
import { type FormatName, readLabelSet, writeLabelSet } from './label-set.ts'

const word = fc.constantFrom(
  'field',
  'Müller',
  'é',
  '骨髓',
  '图片',
  'a.b',
  'v1.2',
  'WBC',
  'İzmir',
  'x y',
  '__3',
)
const base = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join('-'))
const folder = fc.constantFrom('', 'train/', 'val/', 'batch 1/', 'Ordner/é/')
const ending = fc.constantFrom('.jpg', '.JPG', '.png', '.tif')

type Change = (name: string) => string
/** What other programs do to a name. */
const change = fc.constantFrom<Change>(
  (name) => name,
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFC'),
  (name) => name.toUpperCase(),
  (name) => name.replaceAll('/', '\\'),
  (name) => `C:\\data\\${name.replaceAll('/', '\\')}`,
  (name) => `/home/x/${name}`,
  (name) => `../images/./${name}`,
  (name) => name.split('/').at(-1)!,
  (name) => withoutEnding(name),
  (name) => name.replace(/\.\w+$/, '.bmp'),
)

const withoutEnding = (name: string) => name.replace(/\.\w+$/, '')

describe('the name of an image', () => {
  const names = fc.uniqueArray(
    fc.tuple(folder, base, ending).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 8, selector: (name) => name.normalize('NFC').toLowerCase() },
  )

  test('leads to the image, to several or to none, but to another only with a word', () => {
    fc.assert(
      fc.property(names, fc.nat(), fc.array(change, { maxLength: 3 }), (all, at, changes) => {
        const meant = all[at % all.length]!
        const written = changes.reduce((name, how) => how(name), meant)
        const match = nameIndex(all.map((name) => [name, name])).find(written)
        // Capitals of some alphabets have no way back: what is not found is said not to be there.
        if (match === undefined || 'several' in match) return
        if (match.value !== meant) {
          // What is written may be the very name of another image; else the difference is told.
          const plain = written.replaceAll('\\', '/').replace('../images/./', '')
          const isItsName = [match.value, withoutEnding(match.value)].includes(plain)
          expect(stem(match.value).toLowerCase()).toBe(stem(meant).toLowerCase())
          expect(isItsName || match.differs.length > 0).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('is found unchanged without a word', () => {
    fc.assert(
      fc.property(names, (all) => {
        const index = nameIndex(all.map((name) => [name, name]))
        for (const name of all) expect(index.find(name)).toEqual({ name, value: name, differs: [] })
      }),
    )
  })

  test.each<[string, string[]]>([
    ['Müller.jpg'.normalize('NFD'), ['spelling']],
    ['müller.JPG', ['spelling']],
    ['a\\Müller.jpg', ['folder']],
    ['Müller.png', ['ending']],
    ['./images/Müller.jpg', []],
    ['Müller', []],
  ])('%s says in what it differs: %j', (name, differs) => {
    expect(nameIndex([['Müller.jpg'.normalize('NFC'), 1]]).find(name)).toMatchObject({ differs })
  })

  test('where two are as near, both are named', () => {
    const index = nameIndex([
      ['a/1.jpg', 1],
      ['b/1.jpg', 2],
      ['2.jpg', 3],
      ['2.png', 4],
    ])
    expect(index.find('1.jpg')).toEqual({ several: [expect.anything(), expect.anything()] })
    expect(index.find('x/B/1.jpg')).toMatchObject({ value: 2 })
    expect(index.find('2')).toEqual({ several: [expect.anything(), expect.anything()] })
  })
})

describe('text', () => {
  const words = [
    'lymphocyte',
    '淋巴细胞',
    '图片1.jpg',
    '原始粒细胞',
    '通',
    'a',
    '{"label": "单核细胞"}',
    '骨髓涂片',
  ]
  const chinese = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
    .map((some) => `${some.join('\n')}\n`)
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefg \n{}:"_-0123456789'), minLength: 1 })
  const accented = fc.constantFrom(
    'Müller\n',
    'Kňez é',
    'лимфоцит\n',
    'λεμφοκύτταρο',
    'لىمفوسىت',
    'Mu\u0308ller',
    '3 µm ± 1',
  )

  test('in each encoding is read right, and told where it is not UTF-8', () => {
    fc.assert(
      fc.property(fc.oneof(chinese, letters), fc.constantFrom(...ENCODINGS), (text, encoding) => {
        const decoded = decodeText(encoded(text, encoding))
        expect(decoded?.text).toBe(text)
        expect(decoded?.damagedLines).toEqual([])
        const isPlain = /^\p{ASCII}*$/u.test(text) && encoding === 'GB18030'
        expect(decoded?.encoding).toBe(
          isPlain
            ? 'UTF-8'
            : encoding.replace(/( with|LE|BE|16 ).*/, (end) => (end.startsWith('16') ? '16' : '')),
        )
      }),
    )
  })

  test('in UTF-8 is never taken for Chinese', () => {
    fc.assert(
      fc.property(fc.array(accented, { minLength: 1 }), (some) => {
        const text = some.join(' ')
        expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'UTF-8', damagedLines: [] })
      }),
    )
  })

  test('that was cut within a character keeps the rest, and says the line', () => {
    const bytes = Buffer.from('淋巴细胞\n单核细胞\n')
    const cut = Buffer.concat([bytes.subarray(0, 14), bytes.subarray(15)])
    expect(decodeText(cut)).toEqual({
      text: expect.stringContaining('淋巴细胞\n'),
      encoding: 'UTF-8',
      damagedLines: [2],
    })
  })

  test('with accents of the West is no Chinese', () => {
    expect(decodeText(Buffer.from('Müller\nNäher', 'latin1'))).toMatchObject({
      text: 'Müller\nNäher',
      encoding: 'Windows-1252',
    })
  })

  test('that is none is refused', async () => {
    for (const bytes of [Uint8Array.of(1, 0, 0, 2), Uint8Array.of(0xff, 0xff, 0xff, 0xff)])
      expect(decodeText(bytes)).toBeUndefined()
    const dir = await tree('mine', { 'a.json': Uint8Array.of(0xff, 0xff, 0xff, 0xff) })
    const { problems } = await readLabelSet(dir, 'coco')
    expect(problems).toMatchObject([{ where: 'as a whole', why: expect.stringContaining('no text') }])
  })
})

test('a set in any encoding, its images under other names, is read right or told', async () => {
  const size = { width: 60, height: 40 }
  const format = fc.constantFrom<FormatName>('labelme', 'coco', 'voc', 'yolo')
  const nameOf = fc.constantFrom<Change>(
    (name) => name,
    (name) => name.normalize('NFD'),
    (name) => name.toUpperCase(),
    (name) => `x\\${name}`,
  )
  await fc.assert(
    fc.asyncProperty(format, fc.constantFrom(...ENCODINGS), nameOf, async (kind, encoding, rename) => {
      // GBK has no letters with accents apart.
      const [image, label] = encoding === 'GB18030' ? ['骨髓1.png', '淋巴细胞'] : ['Müller-é1.png', 'blast-Ł']
      const named = rename(image)
      const field = {
        file: named,
        source: '',
        ...size,
        boxes: [{ box: [5, 6, 10, 12] as [number, number, number, number], label }],
      }
      const files = writeLabelSet(
        [{ ...field, file: kind === 'voc' ? named.split('\\').at(-1)! : named }],
        kind,
      ).files
      const labels = Object.fromEntries(
        files.map(({ name, text }) => [`labels/${name}`, encoded(text, encoding)]),
      )
      const dir = await tree('mine', { ...labels, [`img/${image}`]: size })
      const { value, problems } = await readLabelSet(join(dir, 'labels'), kind, { images: join(dir, 'img') })
      expect(value).toMatchObject([{ file: image, ...size, boxes: [{ label }] }])
      for (const [i, side] of value[0]!.boxes[0]!.box.entries())
        expect(side).toBeCloseTo([5, 6, 10, 12][i]!, 3)
      expect(problems.every(({ became }) => became === 'read')).toBe(true)
      if (!encoding.startsWith('UTF-8'))
        expect(problems.some(({ why }) => why.includes('was read as'))).toBe(true)
      // YOLO and VOC name no folder, and the labels of YOLO are written in the usual Unicode form.
      const seen = kind === 'yolo' ? stem(named) : kind === 'voc' ? named.split('\\').at(-1) : named
      const isTold = seen !== (kind === 'yolo' ? stem(image) : image)
      expect(problems.some(({ where }) => where.startsWith('image'))).toBe(isTold)
    }),
    { numRuns: 60 },
  )
})
