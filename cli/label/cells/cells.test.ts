import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
let dir: string
const at = (path: string) => join(dir, path)

/** Three cells, one of them at the border, and an ignored box. */
const COCO = {
  images: [{ id: 1, file_name: 'a.png', width: 200, height: 160, um_per_pixel: 0.2, split: 'test' }],
  categories: [{ id: 1, name: 'nucleated_cell' }],
  annotations: [
    [11, [20, 30, 50, 50], 0],
    [12, [110, 60, 50, 50], 0],
    [13, [0, 100, 30, 40], 0],
    [14, [170, 0, 20, 20], 1],
  ].map(([id, bbox, iscrowd]) => ({ id, image_id: 1, category_id: 1, bbox, iscrowd, area: 1 })),
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'label-cells-'))
  await mkdir(at('images'))
  const discs = [45, 135].map(
    (x) => `<circle cx="${x}" cy="${x === 45 ? 55 : 85}" r="24" fill="rgb(90,30,140)"/>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="160"><rect width="200" height="160" fill="rgb(235,225,220)"/>${discs.join('')}</svg>`
  await sharp(Buffer.from(svg)).flatten().png().toFile(at('images/a.png'))
  await writeFile(at('labels.json'), JSON.stringify(COCO))
})
afterAll(() => rm(dir, { recursive: true }))

type Run = { code: number | null; stdout: string; stderr: string }

/** Runs the real program. */
function cells(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['cli/main.ts', 'label', 'cells', ...args], { cwd: ROOT })
    const run: Run = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (text) => (run.stdout += text))
    child.stderr.on('data', (text) => (run.stderr += text))
    child.on('close', (code) => resolve({ ...run, code }))
  })
}

async function answers(name: string, text: string): Promise<string> {
  await writeFile(at(name), text)
  return at(name)
}

describe('cells are read from sheets', () => {
  it('draws each cell in the middle of its window, marked, and leaves an answer file', async () => {
    const run = await cells(
      ...['sheet', at('labels.json'), '--images', at('images'), '--out', at('sheets')],
      ...['--per-sheet', '2', '--columns', '2', '--side', '110', '--seed', '1'],
    )
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('3 cells on 2 sheets')
    expect((await readdir(at('sheets'))).sort()).toEqual([
      'sheet-001.png',
      'sheet-001.txt',
      'sheet-002.png',
      'sheet-002.txt',
    ])
    const numbers = (
      await Promise.all(['1', '2'].map((n) => readFile(at(`sheets/sheet-00${n}.txt`), 'utf8')))
    )
      .join('')
      .trim()
      .split(/\s+/)
    expect(numbers.toSorted()).toEqual(['11', '12', '13'])
    const { data, info } = await sharp(at('sheets/sheet-001.png')).raw().toBuffer({ resolveWithObject: true })
    expect(info.width).toBe(2 * 114)
    const pixel = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ]
    // 110 pixels show 22 µm, as the field does: the middle of the first window is the middle of its cell.
    const [, [, , width, height]] = COCO.annotations
      .map(({ id, bbox }) => [id, bbox] as const)
      .find(([id]) => `${id}` === numbers[0])! as [number, number[]]
    const top = info.height - 114
    expect(pixel(55, top + 55)).toEqual(numbers[0] === '13' ? [235, 225, 220] : [90, 30, 140])
    expect(pixel(55 - width! / 2, top + 55 - height! / 2)).toEqual([255, 225, 0])
  })

  it('draws the cells of a list in its order, from several label files', async () => {
    const other = structuredClone(COCO)
    other.annotations = [{ ...other.annotations[0]!, id: 21 }]
    await writeFile(at('other.json'), JSON.stringify(other))
    const list = await answers('list.txt', '# to be read again\n13\n\n21\n11\n')
    const run = await cells(
      ...['sheet', at('labels.json'), at('other.json'), '--images', at('images')],
      ...['--out', at('listed'), '--only', list],
    )
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(await readFile(at('listed/sheet-001.txt'), 'utf8')).toBe('13 \n21 \n11 \n')
  })

  it('draws nothing of a list that is wrong, or of labels in which a number is doubled', async () => {
    const list = await answers('wrong-list.txt', '11\n14\n11\nx\n')
    const where = ['--images', at('images'), '--out', at('undrawn')]
    const run = await cells('sheet', at('labels.json'), ...where, '--only', list)
    expect(run.code).toBe(1)
    expect(run.stderr.replaceAll(`${list}, `, '').trim().split('\n')).toEqual([
      "line 2: '14' is not the number of a cell in these labels",
      'line 3: cell 11 is listed a second time',
      "line 4: 'x' is not the number of a cell in these labels",
    ])
    const doubled = await cells('sheet', at('labels.json'), at('labels.json'), ...where)
    expect(doubled).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cell 11: another cell has this number'),
    })
    const missing = await cells('sheet', at('labels.json'), ...where, '--only', at('nowhere.txt'))
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^LABELS_NOT_READABLE: /) })
    await expect(readdir(at('undrawn'))).rejects.toThrow('ENOENT')
  })

  it('draws over forms that are empty, but not over answers', async () => {
    const sheet = (seed: string) =>
      cells(
        ...['sheet', at('labels.json'), '--images', at('images'), '--out', at('again')],
        ...['--per-sheet', '2', '--seed', seed],
      )
    expect(await sheet('1')).toMatchObject({ code: 0, stderr: '' })
    await writeFile(at('again/sheet-002.txt'), '# nothing of this run\n99 \n')
    const before = await readFile(at('again/sheet-001.txt'), 'utf8')
    const run = await sheet('4')
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toBe(
      `ANSWERS_THERE: New sheets would overwrite answers in ${at('again')} (1 file, first sheet-002.txt); choose another folder with --out, or remove what is no longer needed.\n`,
    )
    expect(await readFile(at('again/sheet-001.txt'), 'utf8')).toBe(before)
    expect(await readFile(at('again/sheet-002.txt'), 'utf8')).toBe('# nothing of this run\n99 \n')
    await rm(at('again/sheet-002.txt'))
    expect(await sheet('4')).toMatchObject({ code: 0, stderr: '' })
    expect(await readFile(at('again/sheet-001.txt'), 'utf8')).not.toBe(before)
  })

  it('takes the scale from --scale, the labels or the image, or estimates it and says so', async () => {
    const without = structuredClone(COCO)
    const { um_per_pixel: _, ...image } = without.images[0]!
    await writeFile(at('unscaled.json'), JSON.stringify({ ...without, images: [image] }))
    await mkdir(at('dense'))
    await sharp(at('images/a.png'))
      .withMetadata({ density: 25400 / 0.2 })
      .toFile(at('dense/a.png'))
    const sheet = async (labels: string, images: string, ...more: string[]) => {
      const run = await cells('sheet', at(labels), '--images', at(images), '--out', at('scale'), ...more)
      expect(run.code).toBe(0)
      return { stderr: run.stderr, png: await readFile(at('scale/sheet-001.png')) }
    }
    const labelled = await sheet('labels.json', 'images')
    for (const same of [
      await sheet('unscaled.json', 'images', '--scale', '0.2'),
      await sheet('unscaled.json', 'dense'),
    ]) {
      expect(same.stderr).toBe('')
      expect(same.png.equals(labelled.png)).toBe(true)
    }
    const other = await sheet('labels.json', 'images', '--scale', '0.1')
    expect(other.png.equals(labelled.png)).toBe(false)
    const estimated = await sheet('unscaled.json', 'images')
    expect(estimated.stderr).toMatch(
      /^SCALE_ESTIMATED: The scale of 1 image, \d\.\d{3} µm per pixel, was only estimated; --scale is safer\.\n$/,
    )
  })

  it('writes what was read as a table, and lets a third reading decide', async () => {
    const first = await answers('first.txt', '11 PLA sure\n12 LYM likely\n13 NID sure\n')
    const second = await answers('second.txt', '11 PLA likely\n12 ERY sure\n13 NID sure\n')
    const third = await answers('third.txt', '12 ERY sure\n')
    const run = await cells(
      ...['apply', first, '--second', second, '--third', third],
      ...['--labels', at('labels.json'), '--out', at('types.csv')],
    )
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('3 were read twice, 2 of them alike')
    expect(await readFile(at('types.csv'), 'utf8')).toBe(
      [
        'cell,image,split,type,certainty,second_type,second_certainty,agreed',
        '11,a.png,test,plasma_cell,likely,plasma_cell,likely,yes',
        '12,a.png,test,erythroblast,sure,erythroblast,sure,third',
        '13,a.png,test,not_identifiable,sure,not_identifiable,sure,yes',
        '',
      ].join('\n'),
    )
  })

  it('lists all that is wrong and writes nothing', async () => {
    const wrong = await answers('wrong.txt', '11 PLASMA sure\n99 PLA sure\n12\n')
    const run = await cells('apply', wrong, '--labels', at('labels.json'), '--out', at('none.csv'))
    expect(run.code).toBe(1)
    expect(run.stderr).toContain("line 1: 'PLASMA' is no type")
    expect(run.stderr).toContain('cell 99: no label file has a cell of this number')
    expect(run.stderr).toContain('1 cell of')
    await expect(readFile(at('none.csv'))).rejects.toThrow('ENOENT')
  })

  it('refuses a cell that two files of a reader answer, with both names', async () => {
    const [one, two] = [
      await answers('one.txt', '11 PLA sure\n12 LYM sure\n'),
      await answers('two.txt', '13 NID sure\n12 LYM sure\n'),
    ]
    const run = await cells('apply', one, two, '--labels', at('labels.json'), '--out', at('none.csv'))
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${two}, cell 12: it is answered in ${one} too\n`,
    })
    await expect(readFile(at('none.csv'))).rejects.toThrow('ENOENT')
  })

  it('says that an answer file is not there', async () => {
    const run = await cells(
      ...['apply', at('nowhere.txt'), '--labels', at('labels.json'), '--out', at('none.csv')],
    )
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/^ANSWERS_NOT_READABLE: /) })
  })

  it('compares nothing while an answer is wrong', async () => {
    const wrong = await answers('stranger.txt', '11 PLA sure\n99 LYM sure\n')
    const run = await cells('agree', wrong, wrong, '--labels', at('labels.json'))
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toBe(`${wrong}, cell 99: no label file has a cell of this number\n`.repeat(2))
  })

  it('says how far two readers agree', async () => {
    const first = await answers('a.txt', '11 PLA sure\n12 LYM sure\n13 NID guess\n')
    const second = await answers('b.txt', '11 PLA sure\n12 ERY sure\n13 LYM sure\n')
    const run = await cells('agree', first, second, '--labels', at('labels.json'))
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('3 cells read twice, 2 of them without a guess')
    expect(run.stdout).toMatch(/Plasma cell\s+│\s+3 │\s+100\.0 │\s+1\.00/)
    expect(run.stdout).toMatch(/13 classes\s+│\s+3 │\s+33\.3/)
  })
})
