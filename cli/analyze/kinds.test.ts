/** Folders as people have them; the issue in brackets is where somebody met one. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../vision/index.ts'
import { openOutput } from '../output.ts'
import { findDuplicates } from './duplicates.ts'
import { findImages } from './files.ts'

const ROOT = join(import.meta.dirname, '../..')
let dir: string
let field: Buffer
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinds-'))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="rgb(235,225,220)"/><circle cx="150" cy="120" r="45" fill="rgb(90,30,140)"/></svg>`
  field = await sharp(Buffer.from(svg)).flatten().jpeg({ quality: 95 }).toBuffer()
})
afterAll(() => rm(dir, { recursive: true }))

/** Another file each time, of the same pixels. */
const copy = (i: number) => Buffer.concat([field, Buffer.from(`${i}`)])

async function folder(name: string, files: Record<string, Uint8Array>): Promise<string> {
  const path = join(dir, name)
  await mkdir(path, { recursive: true })
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content)
  return path
}

async function analyze(input: string, ...more: string[]) {
  const out = `${input}-out`
  const options = ['--models', 'vision/fixtures', '--scale', '0.1', ...more]
  const child = spawn(process.execPath, ['cli/main.ts', 'analyze', input, '--out', out, ...options], { cwd: ROOT }) // biome-ignore format: one line
  let stderr = ''
  child.stderr.on('data', (text) => (stderr += text))
  const code = await new Promise((done) => child.on('close', done))
  const result: AnalysisResult = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'))
  return { code, stderr, result, out }
}

it('a folder as it comes: what is read, what is named, what was there already [OnlyM#320, immich#3267, immich#2298]', async () => {
  const grey = await sharp(field).greyscale().png().toBuffer()
  const input = await folder('mixed', {
    '1.jpg': copy(1),
    '2.jfif': copy(2),
    '3': copy(3),
    '3 (1)': copy(3),
    'scan.svs': await sharp(field).tiff().toBuffer(),
    'clip.gif': await sharp(field).gif().toBuffer(),
    'grey.png': grey,
    notes: Buffer.from('BM, read twice'),
    'table.csv': Buffer.from('file,cells'),
  })
  const { code, stderr, result } = await analyze(input, '--no-overlay')
  expect(code).toBe(1)
  const named = (file: string) => basename(file)
  expect(result.fields.map(({ file, warnings }) => [named(file), warnings])).toEqual([
    ['1.jpg', []],
    ['2.jfif', []],
    ['3', []],
    ['grey.png', expect.arrayContaining(['NOT_A_STAINED_SMEAR'])],
  ])
  expect(Object.fromEntries(result.failures.map(({ file, code: why }) => [named(file), why]))).toEqual({
    '3 (1)': 'DUPLICATE',
    'clip.gif': 'FIELD_NOT_DECODABLE',
    'scan.svs': 'FIELD_FORMAT_NOT_READ',
  })
  expect(stderr).toMatch(/^NOT_A_STAINED_SMEAR: .*grey\.png does not look like a stained smear/m)
  expect(stderr).toMatch(/^DUPLICATE: .*3 \(1\) holds the same bytes as .*3; it was left out/m)
  expect(stderr).toMatch(/^FIELD_NOT_DECODABLE: .*clip\.gif is a GIF/m)
})

it('a copy alone is no failure of the run', async () => {
  const { code, result } = await analyze(
    await folder('twice', { 'a.jpg': field, 'a (1).jpg': field }),
    '--no-overlay',
  )
  expect(code).toBe(0)
  expect(result.fields).toHaveLength(1)
  expect(result.failures).toMatchObject([{ code: 'DUPLICATE' }])
})

it('names as long as a file system takes them end no run [nextcloud#24227]', async () => {
  const names = [
    `${'a'.repeat(247)}.jpg`,
    `${'骨'.repeat(79)}.jpg`,
    `${'é'.repeat(125)}.jpg`,
    '😀'.repeat(63),
  ]
  const files = Object.fromEntries(names.map((name, i) => [name, copy(i)]))
  const { code, result, out } = await analyze(await folder('long', files))
  expect(code).toBe(0)
  expect(result.failures).toEqual([])
  expect(result.fields.map(({ file }) => basename(file)).toSorted()).toEqual(names.toSorted())
  const overlays = await readdir(join(out, 'overlays'))
  expect(overlays).toHaveLength(names.length)
  for (const name of overlays) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
})

describe('parts', () => {
  it('an overlay is named for its field as far as a name goes, and never cut inside a character', async () => {
    const { overlayFile } = await openOutput(join(dir, 'names'), true)
    expect(basename(overlayFile(3, 'x/b.tif'))).toBe('3-b.png')
    expect(basename(overlayFile(12, `${'骨髓'.repeat(40)}.jpg`))).toBe(`12-${'骨髓'.repeat(39)}骨.png`)
  })

  it('copies are found by their bytes, whatever their names and sizes', async () => {
    const [a, b] = [Buffer.from('one'), Buffer.from('two')]
    const input = await folder('copies', { a, b, 'a2.jpg': a, 'b2.png': b, longer: Buffer.from('other') })
    const files = ['a', 'b', 'longer', 'a2.jpg', 'b2.png', 'missing'].map((name) => join(input, name))
    const found = await findDuplicates(files)
    expect([...found].map(([file, { message }]) => [basename(file), message])).toEqual([
      ['a2.jpg', expect.stringContaining(join(input, 'a;'))],
      ['b2.png', expect.stringContaining(join(input, 'b;'))],
    ])
  })

  it('a folder gives what is a picture by name or content, not its texts', async () => {
    const input = await folder('found', {
      ...{ 'x.JFIF': field, noending: field, 'a.2024': field, 'photo.txt': field, 'slide.mrxs': field },
      ...{ words: Buffer.from('words'), 'Thumbs.db': Buffer.from('d0cf11e0', 'hex') },
    })
    const { files } = await findImages([input], join(dir, 'nothing'))
    expect(files.map((file) => basename(file)).toSorted()).toEqual([
      'a.2024',
      'noending',
      'slide.mrxs',
      'x.JFIF',
    ])
  })
})
