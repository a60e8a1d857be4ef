import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from './picture.ts'

let dir: string
let file: string

/** 100×60, blue; a red square of 20 px with its centre at 30, 30. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'marrowscope-picture-'))
  file = join(dir, 'drawn.png')
  const square = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer()
  await sharp({ create: { width: 100, height: 60, channels: 3, background: '#0000ff' } })
    .composite([{ input: square, left: 20, top: 20 }])
    .png()
    .toFile(file)
})

afterAll(() => rm(dir, { recursive: true }))

async function pixels(svg: string) {
  const data = Buffer.from(/base64,([^"]+)/.exec(svg)![1]!, 'base64')
  const { data: raw, info } = await sharp(data).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const i = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
    return [...raw.subarray(i, i + 3)].map((value) => Math.round(value / 64))
  }
  return at
}

test('shows the square around the place', async () => {
  const at = await pixels((await picture(file, [30, 30], 40, [], 'cell')).html)
  expect(at(0.5, 0.5)).toEqual([4, 0, 0])
  expect(at(0.05, 0.05)).toEqual([0, 0, 4])
})

test('is grey where the image ends', async () => {
  const at = await pixels((await picture(file, [0, 30], 60, [], 'cell')).html)
  expect(at(0.1, 0.5)).toEqual([3, 3, 3])
  expect(at(0.9, 0.5)).toEqual([4, 0, 0])
})

test('draws boxes in the coordinates of the image', async () => {
  const outline = {
    box: [20, 20, 20, 20] as [number, number, number, number],
    colour: '#123456',
    dashed: true,
  }
  const svg = (await picture(file, [30, 30], 40, [outline], 'cell')).html
  expect(svg).toContain('<rect x="28.0" y="28.0" width="56.0" height="56.0" fill="none" stroke="#123456"')
  expect(svg).toContain('stroke-dasharray')
})
