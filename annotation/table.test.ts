import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTable } from './table.ts'

async function table(text: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'table-')), 'index.csv')
  await writeFile(file, text)
  return { file, rows: readTable(file) }
}

test('reads lines by the names of the header', async () => {
  const { rows } = await table('\uFEFFfile,x,split\n"a,b.png",1.5,val\n\nc.png,2,test\n')
  const [first, second] = await rows
  expect(first!.text('file')).toBe('a,b.png')
  expect(first!.number('x')).toBe(1.5)
  expect(second!.oneOf('split', ['val', 'test'])).toBe('test')
})

test('says the line of a bad value', async () => {
  const { file, rows } = await table('file,x\na.png,1\nb.png,one\n')
  const bad = (await rows)[1]!
  const where = { code: 'TABLE_INVALID', file }
  const error = (why: string) => expect.objectContaining({ ...where, message: expect.stringContaining(why) })
  expect(() => bad.number('x')).toThrow(error(`${file}, line 3: 'x' is 'one' and not a number`))
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
