import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const MODELS = ['--models', join(ROOT, 'vision/fixtures'), '--scale', '0.1']

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'label-'))
  await mkdir(join(dir, 'images'))
  // Purple discs 9 µm wide at 0.1 µm per pixel: the fixture's network finds them.
  await field([150, 400]).toFile(join(dir, 'images/a.png'))
  await field([300]).toFile(join(dir, 'images/b.png'))
})
afterAll(() => rm(dir, { recursive: true }))

function field(centres: number[]) {
  const discs = centres.map((x) => `<circle cx="${x}" cy="160" r="45" fill="rgb(90,30,140)"/>`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="550" height="320"><rect width="550" height="320" fill="rgb(235,225,220)"/>${discs.join('')}</svg>`
  return sharp(Buffer.from(svg)).flatten().png()
}

type Run = { code: number | null; stdout: string; stderr: string }

/** Runs the real program. */
function label(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['cli/main.ts', 'label', ...args], { cwd: ROOT })
    const run: Run = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (text) => (run.stdout += text))
    child.stderr.on('data', (text) => (run.stderr += text))
    child.on('close', (code) => resolve({ ...run, code }))
  })
}

const at = (path: string) => join(dir, path)
const json = async (path: string) => JSON.parse(await readFile(at(path), 'utf8'))

/** The middle of a labelme rectangle. */
function middle({ points }: { points: [[number, number], [number, number]] }): [number, number] {
  return [(points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2]
}

describe('a field goes through the tool', () => {
  it('next ranks the images and says why', async () => {
    await writeFile(at('known.csv'), 'image,x,y,w,h\nb,20,20,60,60\n')
    const run = await label(
      'next',
      at('images'),
      '--out',
      at('next.csv'),
      '--masks',
      at('known.csv'),
      ...MODELS,
    )
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const [head, first, second] = (await readFile(at('next.csv'), 'utf8')).split('\n')
    expect(head).toBe('rank,image,split,score,reason')
    expect(first).toMatch(/^1,b\.png,,[\d.]+,"1 known cells not found/)
    expect(second).toMatch(/^2,a\.png,/)
  })

  it('propose puts a box on each cell, the known one too', async () => {
    const run = await label('propose', at('images'), '--out', at('p'), '--masks', at('known.csv'), ...MODELS)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('4 boxes proposed on 2 images (3 detector, 1 given)')
    const { shapes } = await json('p/a.json')
    for (const [i, x] of [150, 400].entries()) {
      expect(Math.hypot(middle(shapes[i])[0] - x, middle(shapes[i])[1] - 160)).toBeLessThan(8)
    }
    const known = (await json('p/b.json')).shapes[0]
    expect(known).toMatchObject({
      label: 'plasma_cell',
      number: 1,
      points: [
        [20, 20],
        [80, 80],
      ],
    })
  })

  it('sheet draws the numbered boxes on one copy and leaves the other clean, both in rulers', async () => {
    const run = await label('sheet', at('p'), '--images', at('images'), '--out', at('s'), '--zoom', '2')
    expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 sheets') })
    const { data, info } = await sharp(at('s/b.png')).raw().toBuffer({ resolveWithObject: true })
    // The known box is drawn in the colour of number 1, on one copy only.
    let coloured = 0
    for (let i = 0; i < data.length; i += info.channels) {
      if (data[i] === 0 && data[i + 1] === 230 && data[i + 2] === 255) coloured++
    }
    expect(coloured).toBeGreaterThan(4 * 2 * 60 - 100)
    expect(coloured).toBeLessThan(4 * 2 * 60 + 300)
    expect(info.width).toBeGreaterThan(550 * 2)
    expect(info.height).toBeGreaterThan(320 * 2 * 2)
  })

  it('apply writes what the corrections say, and reports what it did', async () => {
    const corrections =
      '[a]\n1: 100 110 100 100\n+ 0 0 .. 30 40 ignore naked\n[b] # the known one is no cell\n- 1\n'
    await writeFile(at('c.txt'), corrections)
    const run = await label('apply', at('p'), at('c.txt'), '--out', at('l'))
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toBe(
      '2 images: 3 cells and 1 ignored box\nproposed 4: right 2 (50.0 %), adjusted 1 (25.0 %), made ignored 0 (0.0 %), removed 1 (25.0 %)\nadded 1 (25.0 %)\n',
    )
    const { shapes } = await json('l/a.json')
    expect(shapes.map((s: { number: number }) => s.number)).toEqual([1, 2, 3])
    expect(shapes[2]).toMatchObject({ flags: { ignore: true }, description: 'naked' })
    expect(shapes[0].score).toBeUndefined()
  })

  it('check finds nothing wrong with that; convert takes it through all formats', async () => {
    const check = await label('check', at('l'), '--images', at('images'))
    expect(check).toMatchObject({
      code: 0,
      stderr: '',
      stdout: '2 images, 4 boxes, 1 of them ignored; 0 problems.\n',
    })
    await writeFile(at('index.csv'), 'file,split\nimages/a.png,train\nimages/b.png,test\n')
    const coco = await label(
      'convert',
      at('l'),
      '--to',
      'coco',
      '--index',
      at('index.csv'),
      '--out',
      at('coco'),
    )
    expect(coco).toMatchObject({ code: 0, stderr: '' })
    expect(await readdir(at('coco'))).toEqual(['test.json', 'train.json'])
    expect((await json('coco/train.json')).annotations[2]).toMatchObject({
      id: 3,
      iscrowd: 1,
      attributes: { reason: 'naked' },
    })
    await label('convert', at('coco'), '--to', 'voc', '--out', at('voc'))
    const yolo = await label('convert', at('voc'), '--to', 'yolo', '--out', at('yolo'))
    expect(yolo.stderr).toContain('YOLO cannot keep ignored boxes, which are left out: 1 lost.')
    const back = await label('check', at('yolo'), '--images', at('images'))
    expect(back.stdout).toBe('2 images, 3 boxes, 0 of them ignored; 0 problems.\n')
  })

  it('next passes over what is labelled', async () => {
    await cp(at('l'), at('some'), { recursive: true })
    await rm(at('some/b.json'))
    const run = await label('next', at('images'), '--labels', at('some'), '--out', at('n2.csv'), ...MODELS)
    expect(run.stdout).toContain('1 image of 1 unlabelled ones')
    expect(await readFile(at('n2.csv'), 'utf8')).toContain('1,b.png,')
  })
})

describe('what is wrong is said, all of it', () => {
  it('corrections, with their lines; nothing is written then', async () => {
    await writeFile(at('bad.txt'), '- 1\n[a]\n- 9\n7 ignore ugly\n[zebra]\n')
    const run = await label('apply', at('p'), at('bad.txt'), '--out', at('not'))
    expect(run.code).toBe(1)
    for (const line of [1, 3, 4, 5]) expect(run.stderr).toContain(`bad.txt, line ${line}: `)
    expect(run.stdout).toBe('4 problems; nothing was written.\n')
    await expect(readdir(at('not'))).rejects.toThrow()
  })

  it('labels: each file and shape', async () => {
    await mkdir(at('broken'))
    const sound = await json('l/a.json')
    const shape = sound.shapes[0]
    const shapes = [shape, { ...shape, label: 'cat', number: 8 }, { ...shape, points: [[1, 1]] }]
    await writeFile(at('broken/a.json'), JSON.stringify({ ...sound, shapes, imageWidth: 999 }))
    await writeFile(at('broken/c.json'), JSON.stringify({ ...sound, imagePath: 'c.png', shapes: [] }))
    await writeFile(at('broken/d.json'), '{"shapes": [')
    const run = await label('check', at('broken'), '--images', at('images'))
    expect(run.code).toBe(1)
    expect(
      run.stderr
        .trim()
        .split('\n')
        .map((line) => line.replace(`${at('broken')}/`, '')),
    ).toEqual([
      'a.json, shape 3: the box has no area; it becomes an ignored box',
      'd.json, as a whole: not valid JSON (Unexpected end of JSON input)',
      'a.png, image: it has 550×320 pixels, the labels say 999×320',
      'c.png, image: the image is not there',
      "a.png, shape 2: the label 'cat' is not known",
    ])
  })

  it('guesses, which are no faults; and an image of which a cell cannot be read is not written', async () => {
    await mkdir(at('foreign'))
    const cell = { image_id: 1, category_id: 1, bbox: [10, 10, 50, 50], area: 0 }
    const images = [1, 2].map((id) => ({ id, file_name: `X\\${'ab'[id - 1]}.PNG`, width: 550, height: 320 }))
    const labels = {
      ...{ images, categories: [{ id: 1, name: 'blast' }] },
      annotations: [cell, { ...cell, image_id: 2 }],
    }
    const text = JSON.stringify(labels)
    await writeFile(at('foreign/i.json'), text.replace('"area":0', '"area":NaN'))
    const guessed = await label('check', at('foreign'), '--images', at('images'))
    expect(guessed).toMatchObject({ code: 0, stdout: '2 images, 2 boxes, 0 of them ignored; 0 problems.\n' })
    expect(guessed.stderr).toMatch(/line 1: NaN .*\n.*a\.png was taken.*\n.*b\.png was taken/)
    await writeFile(at('foreign/i.json'), text.replace('"bbox":[10', '"bbox":[null'))
    const run = await label(
      'convert',
      at('foreign'),
      '--to',
      'labelme',
      '--images',
      at('images'),
      '--out',
      at('f'),
    )
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('; 1 image left out\n') })
    expect(await readdir(at('f'))).toEqual(['b.json'])
  })

  it('folders without labels, images that are none, files that are missing', async () => {
    const nothing = await label('check', at('images'))
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^LABELS_NOT_RECOGNISED: /) })
    await writeFile(at('text.png'), 'no image')
    const none = await label('propose', at('text.png'), at('images/b.png'), '--out', at('p2'), ...MODELS)
    expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/^FIELD_NOT_DECODABLE: /) })
    expect(await readdir(at('p2'))).toEqual(['b.json'])
    const missing = await label('apply', at('p'), at('nowhere.txt'), '--out', at('not'))
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^CORRECTIONS_NOT_READABLE: /) })
  })
})
