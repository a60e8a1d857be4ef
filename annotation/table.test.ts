import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENCODINGS, encoded } from './encodings-for-tests.ts'
import { readTable } from './table.ts'

async function table(text: string | Uint8Array) {
  const file = join(await mkdtemp(join(tmpdir(), 'table-')), 'index.csv')
  await writeFile(file, text)
  const told: string[] = []
  return { file, told, rows: readTable(file, ({ why }) => told.push(why)) }
}

test('reads lines by the names of the header', async () => {
  const { rows } = await table('\uFEFFfile,x,split\n"a,b.png",1.5,val\n\nc.png,2,test\n')
  const [first, second] = await rows
  expect(first!.text('file')).toBe('a,b.png')
  expect(first!.number('x')).toBe(1.5)
  expect(second!.oneOf('split', ['val', 'test'])).toBe('test')
})

test('reads what a spreadsheet saves: any encoding, any mark between columns; what is not UTF-8 is told', async () => {
  const mark = fc.constantFrom(',', ';', '\t')
  const word = fc.constantFrom('骨髓1.jpg', 'a.png', '图片', 'x y')
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1 }),
      mark,
      fc.constantFrom(...ENCODINGS),
      async (names, between, encoding) => {
        const lines = [['image', 'x'], ...names.map((name, at) => [name, `${at}`])]
        const text = lines.map((line) => `${line.join(between)}\r\n`).join('')
        const { rows, told } = await table(encoded(text, encoding))
        expect((await rows).map((row) => [row.text('image'), row.number('x')])).toEqual(
          names.map((name, at) => [name, at]),
        )
        const isPlain = encoding.startsWith('UTF-8') || (encoding === 'GB18030' && /^\p{ASCII}*$/u.test(text))
        expect(told).toHaveLength(isPlain ? 0 : 1)
      },
    ),
    { numRuns: 60 },
  )
})

test('says the line of a bad value', async () => {
  const { file, rows } = await table('file,x\na.png,1\nb.png,one\n')
  const bad = (await rows)[1]!
  const where = { code: 'TABLE_INVALID', file }
  const error = (why: string) => expect.objectContaining({ ...where, message: expect.stringContaining(why) })
  expect(() => bad.number('x')).toThrow(error(`${file}, line 3: 'x' is 'one' and not a number`))
  expect(() => bad.positive('x')).toThrow(error('not a number'))
  expect(() => bad.text('y')).toThrow(error(`line 3: there is no 'y'`))
  expect(() => bad.oneOf('file', ['c.png'])).toThrow(error(`line 3: 'file' is 'b.png', not one of c.png`))
})

test('says the line of broken quoting and of a missing cell', async () => {
  for (const [text, line] of [
    ['a,b\n1,2\n3\n', 3],
    ['a,b\n1,"2\n', 2],
  ] as const) {
    const { file, rows } = await table(text)
    await expect(rows).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringContaining(`${file}, line ${line}`),
    })
  }
})

test('a file that is not there', async () => {
  await expect(readTable('/nowhere/index.csv')).rejects.toMatchObject({
    code: 'LABELS_NOT_READABLE',
    file: '/nowhere/index.csv',
  })
})
