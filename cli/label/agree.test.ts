import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Box, writeLabelSet } from '../../annotation/index.ts'

const ROOT = join(import.meta.dirname, '../..')

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'label-agree-'))
  await labels('a', { x: [box(0, 50), box(100, 100)], y: [box(20, 20)], z: [box(20, 20)] })
  await labels('b', { x: [box(0, 50), box(100, 110), box(300, 300)], y: [box(20, 20)] })
})
afterAll(() => rm(dir, { recursive: true }))

const at = (path: string) => join(dir, path)
const box = (x: number, y: number): Box => [x, y, 50, 50]

async function labels(folder: string, images: Record<string, Box[]>, width = 512) {
  await mkdir(at(folder))
  const fields = Object.entries(images).map(([name, boxes]) => ({
    file: `${name}.png`,
    source: 'test',
    width,
    height: 384,
    boxes: boxes.map((box) => ({ box, label: 'nucleated_cell' })),
  }))
  for (const { name, text } of writeLabelSet(fields, 'labelme').files) {
    await writeFile(join(at(folder), name), text)
  }
}

/** Runs the real program. */
function agree(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['cli/main.ts', 'label', 'agree', ...args], { cwd: ROOT })
    const run = { stdout: '', stderr: '' }
    child.stdout.on('data', (text) => (run.stdout += text))
    child.stderr.on('data', (text) => (run.stderr += text))
    child.on('close', (code) => resolve({ ...run, code }))
  })
}

/** What stands in the table's row: the figure and its interval. */
function row(stdout: string, words: string): string[] {
  const line = stdout.split('\n').find((line) => line.includes(`│ ${words} `))
  return (line ?? '')
    .split('│')
    .slice(2, 4)
    .map((cell) => cell.trim())
}

describe('label agree', () => {
  it('measures the images that both have, with intervals over them', async () => {
    const { code, stdout, stderr } = await agree(at('a'), at('b'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('2 images in both; left out are 1 of A and 0 of B.')
    expect(stdout).toContain('A: 3 cells, 1 of them at the border; beside them 0 that the other ignores.')
    expect(stdout).toContain('B: 4 cells, 1 of them at the border; beside them 0 that the other ignores.')
    expect(row(stdout, 'Cells of A that B has')).toEqual(['100.0', '100.0–100.0'])
    expect(row(stdout, 'Cells of B that A has')).toEqual(['75.0', '66.7–100.0'])
    expect(row(stdout, 'F1')[0]).toBe('85.7')
    expect(row(stdout, 'Mean IoU of the pairs')[0]).toBe('88.9')
    expect(row(stdout, 'AP50 of B as detections of A, no scores')[0]).toBe('75.0')
    expect(row(stdout, 'AP50 at most, pairs ranked first')[0]).toBe('100.0')
  })

  it('measures only the images of a table', async () => {
    await writeFile(at('only.csv'), 'image\ny.png\n')
    const { stdout } = await agree(at('a'), at('b'), '--only', at('only.csv'))
    expect(stdout).toContain('1 image in both; left out are 2 of A and 1 of B.')
    expect(row(stdout, 'F1')).toEqual(['100.0', '100.0–100.0'])
    expect(row(stdout, 'At the border: mean IoU')).toEqual(['–', '–'])
  })

  it('measures apart what both readers drew, where it knows the proposals', async () => {
    // The box at the border was proposed a pixel away from it; applying corrections draws it up to the edge.
    await labels('proposals', { x: [[1, 50, 49, 50], box(100, 130)], y: [box(20, 20)] })
    const { stdout } = await agree(at('a'), at('b'), '--proposals', at('proposals'))
    expect(stdout).toContain('3 pairs, 1 of boxes that both readers drew;')
    expect(row(stdout, 'Pairs that both drew: mean IoU')[0]).toBe('66.7')
    const without = await agree(at('a'), at('b'))
    expect(without.stdout).toContain('3 pairs.')
    expect(without.stdout).not.toContain('both drew')
  })

  it('says why two labellings cannot be compared', async () => {
    await labels('other', { w: [box(20, 20)] })
    await labels('larger', { x: [box(20, 20)] }, 1024)
    const apart = await agree(at('a'), at('other'))
    expect(apart).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NO_IMAGES_IN_COMMON: /) })
    const larger = await agree(at('a'), at('larger'))
    expect(larger).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^LABELLED_SIZES_DIFFER: x.png has /),
    })
  })
})
