import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOutput, writeWhole } from '../output.ts'
import { duration } from '../progress.ts'
import { findImages } from './files.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'files-'))
  for (const name of [
    'b2.png',
    'b10.TIFF',
    'a/c.webp',
    'a/.d/e.png',
    'out/overlays/1-b2.png',
    'readme.md',
    'empty/x.txt',
  ]) {
    await mkdir(join(dir, name, '..'), { recursive: true })
    await writeFile(join(dir, name), '')
  }
})
afterAll(() => rm(dir, { recursive: true }))

const found = async (...paths: string[]) => {
  const { files, failures } = await findImages(paths, join(dir, 'out'))
  return [files.map((file) => relative(dir, file)), failures.map(({ code }) => code)]
}

describe('findImages', () => {
  it('goes into folders in natural order, past what is hidden and its own output', async () => {
    expect(await found(dir)).toEqual([['a/c.webp', 'b2.png', 'b10.TIFF'], []])
  })

  it('takes files as they are named, each once', async () => {
    const [one, two] = [join(dir, 'b2.png'), join(dir, 'readme.md')]
    expect(await found(two, one, dir)).toEqual([['readme.md', 'b2.png', 'a/c.webp', 'b10.TIFF'], []])
  })

  it('takes a folder however it is written', async () => {
    await mkdir(join(dir, 'short'))
    await writeFile(join(dir, 'short', 'x.png'), '')
    for (const path of ['short/.', 'short/', 'a/../short']) {
      expect(await found(`${dir}/${path}`)).toEqual([['short/x.png'], []])
    }
    await rm(join(dir, 'short'), { recursive: true })
  })

  it('says which folder holds no image, and goes on', async () => {
    expect(await found(join(dir, 'empty'), join(dir, 'a'))).toEqual([['a/c.webp'], ['NO_IMAGES_FOUND']])
  })
})

describe('output', () => {
  it('replaces a file whole', async () => {
    const path = join(dir, 'result.json')
    await writeWhole(path, 'old')
    await writeWhole(path, 'new')
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  it('says what cannot be written, and leaves nothing half done', async () => {
    const before = await readdir(dir)
    await expect(writeWhole(join(dir, 'a'), 'over a folder')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
    })
    await expect(openOutput(join(dir, 'b2.png', 'out'), true)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
    })
    expect(await readdir(dir)).toEqual(before)
  })
})

it('durations', () => {
  expect([400, 59_000, 61_000, 3_600_000, 7_500_000].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '1 h 0 min',
    '2 h 5 min',
  ])
})
