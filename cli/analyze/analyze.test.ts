import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnalysisResult } from '../../vision/index.ts'

const ROOT = join(import.meta.dirname, '../..')
const MODELS = join(ROOT, 'vision/fixtures')
const isResult = new Ajv({ strict: false }).compile(AnalysisResult)

let dir: string
let field: Buffer
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'analyze-'))
  field = await twoNuclei().jpeg({ quality: 95 }).toBuffer()
})
afterAll(() => rm(dir, { recursive: true }))

/** Two purple discs, 9 µm wide at 0.1 µm per pixel. */
function twoNuclei() {
  const discs = [150, 400].map((x) => `<circle cx="${x}" cy="160" r="45" fill="rgb(90,30,140)"/>`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="550" height="320"><rect width="550" height="320" fill="rgb(235,225,220)"/>${discs.join('')}</svg>`
  return sharp(Buffer.from(svg)).flatten()
}

type Run = { code: number | null; stdout: string; stderr: string }

/** Runs the real program; `onError` sees the error stream grow. */
function marrowscope(args: string[], onError?: (text: string, pid: number) => void): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['cli/main.ts', ...args], { cwd: ROOT })
    const run: Run = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (text) => (run.stdout += text))
    child.stderr.on('data', (text) => {
      run.stderr += text
      onError?.(run.stderr, child.pid!)
    })
    child.on('close', (code) => resolve({ ...run, code }))
  })
}

async function folder(name: string, files: Record<string, Buffer>): Promise<string> {
  const path = join(dir, name)
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(path, file, '..'), { recursive: true })
    await writeFile(join(path, file), content)
  }
  return path
}

const resultIn = async (out: string) => JSON.parse(await readFile(join(out, 'result.json'), 'utf8'))

describe('analyze', () => {
  it('analyses what it can, and lists what it cannot', async () => {
    const cut = field.subarray(0, field.length * 0.6)
    const input = await folder('mixed', {
      'field-10.jpg': Buffer.concat([field, Buffer.from('10')]),
      'field-2.JPG': Buffer.concat([field, Buffer.from('2')]),
      'deep/er/field-1.jpg': field,
      'cut.jpg': cut,
      'words.png': Buffer.from('not an image'),
      'notes.txt': Buffer.from('not even named like one'),
      '.hidden.jpg': field,
    })
    const out = join(dir, 'mixed-out')
    const missing = join(dir, 'nowhere.jpg')
    const run = await marrowscope([
      'analyze',
      input,
      missing,
      '--out',
      out,
      '--models',
      MODELS,
      '--scale',
      '0.1',
    ])
    expect(run.code).toBe(1)
    const result = await resultIn(out)
    expect(isResult(result), JSON.stringify(isResult.errors)).toBe(true)
    expect(result.fields.map(({ file }: { file: string }) => file)).toEqual(
      ['deep/er/field-1.jpg', 'field-2.JPG', 'field-10.jpg'].map((name) => join(input, name)),
    )
    expect(result.failures.map(({ file, code }: { file: string; code: string }) => [file, code])).toEqual([
      [join(input, 'cut.jpg'), 'FIELD_TRUNCATED'],
      [join(input, 'words.png'), 'FIELD_NOT_DECODABLE'],
      [missing, 'FIELD_NOT_FOUND'],
    ])
    for (const { file, code, message } of result.failures) {
      expect(run.stderr).toContain(`${code}: ${message}`)
      expect(message).toContain(file)
    }
    expect(result.fields.map(({ cells }: { cells: { id: string }[] }) => cells.map(({ id }) => id))).toEqual([
      ['2-1', '2-2'],
      ['3-1', '3-2'],
      ['4-1', '4-2'],
    ])
    expect(result.differential.counted + result.differential.notCounted).toBe(6)
    expect((await readdir(join(out, 'overlays'))).toSorted()).toEqual([
      '2-field-1.png',
      '3-field-2.png',
      '4-field-10.png',
    ])
    expect(run.stdout).toContain('Erythroblast')
    expect(run.stdout).toContain('Not a medical device')
    expect(run.stderr).not.toContain('    at ')
  })

  it('prints result.json and nothing else', async () => {
    const input = await folder('json', { 'a.jpg': field })
    const out = join(dir, 'json-out')
    const run = await marrowscope([
      'analyze',
      input,
      '--out',
      out,
      '--models',
      MODELS,
      '--json',
      '--no-overlay',
    ])
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toEqual(await resultIn(out))
    expect(await readdir(out)).toEqual(['result.json'])
    expect(JSON.parse(run.stdout).fields[0].warnings).toContain('SCALE_ESTIMATED')
    expect(run.stderr).toMatch(/^SCALE_UNSURE: .*a\.jpg/m)
    expect(run.stderr).toContain('[1/1]')
  })

  it('says where the cells of a slide look unlike those that were taught', async () => {
    // Discs on a dark ground: the fixture was taught pale ones.
    const discs = Array.from({ length: 24 }, (_, i) => [80 + 150 * (i % 6), 80 + 150 * Math.floor(i / 6)])
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="45" fill="rgb(90,30,140)"/>`)
      .join('')
    const on = (ground: string) =>
      sharp(
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="920" height="620"><rect width="920" height="620" fill="${ground}"/>${discs}</svg>`,
        ),
      )
        .flatten()
        .png()
        .toBuffer()
    const said = async (name: string, ground: string) => {
      const input = await folder(name, { 'a.png': await on(ground) })
      const out = join(dir, `${name}-out`)
      const options = ['--scale', '0.1', '--models', MODELS, '--no-overlay']
      const { stderr } = await marrowscope(['analyze', input, '--out', out, ...options])
      return { stderr, familiarity: (await resultIn(out)).familiarity }
    }
    const away = await said('away', 'rgb(150,140,120)')
    expect(away.familiarity).toEqual({ cells: 24, unfamiliar: 24, away: true })
    expect(away.stderr).toMatch(/^CELLS_UNFAMILIAR: 24 of 24 cells look unlike .* \(5 % is usual\); check/m)
    const home = await said('home', 'rgb(255,255,255)')
    expect(home.familiarity).toEqual({ cells: 24, unfamiliar: 0, away: false })
    expect(home.stderr).not.toContain('CELLS_UNFAMILIAR')
  })

  it('measures every cell where it is asked to', async () => {
    const input = await folder('measure', { 'a.png': await twoNuclei().png().toBuffer() })
    const out = join(dir, 'measure-out')
    const args = ['analyze', input, '--out', out, '--models', MODELS, '--scale', '0.1', '--no-overlay']
    expect((await marrowscope([...args, '--measure'])).code).toBe(0)
    const result = await resultIn(out)
    expect(isResult(result), JSON.stringify(isResult.errors)).toBe(true)
    const cells: { measurements: Record<string, number> }[] = result.fields[0].cells
    expect(cells).toHaveLength(2)
    for (const { measurements } of cells) {
      expect(Math.abs(measurements.nucleusDiameterUm! - 9)).toBeLessThan(0.6)
      expect(measurements).toMatchObject({ nuclearLobes: 1, cut: false })
    }
    expect((await marrowscope(args)).code).toBe(0)
    expect(await readFile(join(out, 'result.json'), 'utf8')).not.toContain('measurements')
  })

  it('keeps the finished fields when it is interrupted', async () => {
    const input = await folder(
      'many',
      Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`${i}.jpg`, Buffer.concat([field, Buffer.from(`${i}`)])]),
      ),
    )
    const out = join(dir, 'many-out')
    let sent = false
    const run = await marrowscope(
      ['analyze', input, '--out', out, '--models', MODELS, '--scale', '0.1'],
      (text, pid) => {
        if (sent || !text.includes('[2/60]')) return
        sent = true
        process.kill(pid, 'SIGINT')
      },
    )
    expect(run.code).toBe(130)
    expect(run.stderr).toContain('Stopping')
    const result = await resultIn(out)
    expect(isResult(result)).toBe(true)
    expect(result.fields.length).toBeGreaterThanOrEqual(2)
    expect(result.fields.length).toBeLessThan(60)
    expect(result.failures).toEqual([])
    expect((await readdir(join(out, 'overlays'))).filter((name) => !name.endsWith('.png'))).toEqual([])
    expect((await readdir(out)).toSorted()).toEqual(['overlays', 'result.json'])
  })

  const bad: [
    what: string,
    code: string,
    args: (input: string, out: string) => Promise<string[]> | string[],
  ][] = [
    [
      'an empty folder',
      'NO_IMAGES_FOUND',
      async (_, out) => [await folder('empty', { 'a.txt': field }), '--out', out],
    ],
    ['a scale of 0', 'SCALE_ABSURD', (input, out) => [input, '--out', out, '--scale', '0']],
    ['a scale in words', 'SCALE_ABSURD', (input, out) => [input, '--out', out, '--scale', 'small']],
    ['no models', 'MODEL_NOT_FOUND', (input, out) => [input, '--out', out, '--models', join(dir, 'nothing')]],
    [
      'a folder that is a file',
      'OUTPUT_NOT_WRITABLE',
      (input) => [input, '--out', join(input, 'a.jpg', 'out')],
    ],
    [
      'a network that was changed',
      'MODEL_HASH_MISMATCH',
      async (input, out) => {
        const models = join(dir, 'changed-models')
        await cp(MODELS, models, { recursive: true })
        await cp(join(models, 'recogniser.onnx'), join(models, 'detector.onnx'))
        return [input, '--out', out, '--models', models]
      },
    ],
  ]
  it.each(bad)('one sentence for %s: %s', async (what, code, args) => {
    const input = await folder('good', { 'a.jpg': field })
    const given = await args(input, join(dir, what))
    const models = given.includes('--models') ? [] : ['--models', MODELS]
    const run = await marrowscope(['analyze', ...given, ...models])
    expect(run.code).toBe(1)
    expect(run.stdout).toBe('')
    expect(run.stderr).toMatch(new RegExp(`^${code}: .*\\.\n$`))
  })
})

it('the demonstration says that its fields are synthetic, and leaves them with their result', async () => {
  const out = join(dir, 'demo')
  const run = await marrowscope(['demo', '--out', out, '--models', MODELS])
  expect(run.stderr).not.toContain('    at ')
  expect(run.code).toBe(0)
  expect(run.stdout).toMatch(/synthetic/)
  const result = await resultIn(out)
  expect(isResult(result)).toBe(true)
  expect(result.fields).toHaveLength(3)
  for (const { scale } of result.fields) expect(scale.source).toBe('metadata')
  expect((await readdir(out)).toSorted()).toEqual([
    'overlays',
    'result.json',
    ...[1, 2, 3].map((i) => `synthetic-field-${i}.png`),
  ])
  expect(await readdir(join(out, 'overlays'))).toHaveLength(3)
}, 400_000)
