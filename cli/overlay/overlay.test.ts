import sharp from 'sharp'
import { expect, it } from 'vitest'
import { CELL_CLASS_INFO, CELL_CLASSES } from '../../cytology/index.ts'
import { type CellResult, imageFromRaster } from '../../vision/index.ts'
import { inkOn, parseColour } from './canvas.ts'
import { CHARACTERS, letters } from './letters.ts'
import { overlay } from './overlay.ts'

const GREY = 128

const blank = (width: number, height: number) =>
  imageFromRaster({ data: new Uint8Array(width * height * 3).fill(GREY), width, height })

const cell = (box: CellResult['box'], type: CellResult['type'], probability: number): CellResult => ({
  id: '1-1',
  box,
  detection: 0.9,
  type,
  probability,
  probabilities: {} as CellResult['probabilities'],
  doubtful: probability < 0.6,
  unfamiliar: null,
  touchesEdge: false,
  regions: [],
})

async function drawn(width: number, height: number, cells: CellResult[], caption?: string) {
  const picture = sharp(await overlay(blank(width, height), cells, caption))
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  expect(info.channels).toBe(3)
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)]
  return { at, width: info.width, height: info.height }
}

it('frames each cell in the colour of its type, and leaves the inside alone', async () => {
  const { at } = await drawn(640, 480, [cell([100, 100, 80, 60], 'erythroblast', 0.97)])
  const red = [...parseColour(CELL_CLASS_INFO.erythroblast.colour)]
  for (let x = 100; x < 180; x++) expect([at(x, 100), at(x, 159)]).toEqual([red, red])
  for (let y = 100; y < 160; y++) expect([at(100, y), at(179, y)]).toEqual([red, red])
  for (const [x, y] of [
    [99, 130],
    [101, 130],
    [140, 158],
    [140, 160],
    [180, 130],
  ]) {
    // biome-ignore format: pairs
    expect(at(x!, y!)).toEqual([GREY, GREY, GREY])
  }
})

it('dashes the frame of a doubtful cell', async () => {
  const { at } = await drawn(640, 480, [cell([100, 100, 80, 60], 'erythroblast', 0.4)])
  const bottom = Array.from({ length: 80 }, (_, i) => at(100 + i, 159)[0] !== GREY)
  expect(bottom.filter(Boolean).length).toBeGreaterThan(30)
  expect(bottom.filter(Boolean).length).toBeLessThan(50)
})

it('writes a readable label in its letters', async () => {
  const { at } = await drawn(640, 480, [cell([100, 100, 80, 60], 'plasma_cell', 0.97)])
  const ground = parseColour(CELL_CLASS_INFO.plasma_cell.colour)
  let ink = 0
  for (let y = 90; y < 100; y++) for (let x = 100; x < 156; x++) if (at(x, y)[0]! > ground[0] + 120) ink++
  expect(ink).toBeGreaterThan(60)
})

it('keeps labels of cells at the top and the right inside the picture', async () => {
  const { at } = await drawn(640, 480, [cell([610, 0, 30, 40], 'blast', 0.97)])
  expect(at(639, 4)).not.toEqual([GREY, GREY, GREY])
  expect(at(602, 4)).not.toEqual([GREY, GREY, GREY])
})

it('reduces a large field to 4096 pixels, boxes with it', async () => {
  const { at, width, height } = await drawn(8192, 512, [cell([2000, 200, 200, 200], 'basophil', 0.97)])
  expect([width, height]).toEqual([4096, 256])
  expect(at(1001, 150)).toEqual([...parseColour(CELL_CLASS_INFO.basophil.colour)])
})

it('says at the bottom what it is for', async () => {
  const { at } = await drawn(640, 480, [], 'Synthetic.')
  expect(Math.min(...at(2, 479))).toBeGreaterThan(240)
})

it('has ink that stands out on every colour', () => {
  for (const id of CELL_CLASSES) {
    const colour = parseColour(CELL_CLASS_INFO[id].colour)
    const luminance = ([r, g, b]: readonly number[]) =>
      0.2126 * (r! / 255) ** 2.2 + 0.7152 * (g! / 255) ** 2.2 + 0.0722 * (b! / 255) ** 2.2
    const [light, dark] = [luminance(colour), luminance(inkOn(colour))].toSorted((a, b) => b - a)
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(4.5)
  }
})

it('has a letter for each character, none of which spills into the next', async () => {
  const { mask, width, height, stride } = await letters(40)
  const ink = [...CHARACTERS].map((_, i) => {
    let sum = 0
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum += mask[y * stride + i * width + x]!
    return sum
  })
  expect(ink[0]).toBe(0)
  for (const [i, sum] of ink.entries())
    if (i > 0) expect([CHARACTERS[i], sum > 500]).toEqual([CHARACTERS[i], true])
  expect(new Set(ink).size).toBeGreaterThan(85)
})
