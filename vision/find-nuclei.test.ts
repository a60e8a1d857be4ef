import { expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { type Box, iou } from './box.ts'
import { imageFromRaster } from './decode.ts'
import { findNuclei } from './find-nuclei.ts'

/** Pale ground with discs: purple like nuclei, or pink like red cells. */
function discs(...list: [x: number, y: number, radius: number, colour: readonly [number, number, number]][]) {
  const [width, height] = [400, 300]
  const data = new Uint8Array(width * height * 3).fill(235)
  for (const [cx, cy, radius, colour] of list) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius) data.set(colour, (y * width + x) * 3)
      }
    }
  }
  return imageFromRaster({ data, width, height })
}

const NUCLEUS = [90, 30, 140] as const
const RED_CELL = [225, 150, 150] as const

test('boxes what is stained like a nucleus, a little larger, and nothing else', async () => {
  const image = discs(
    [100, 100, 20, NUCLEUS],
    [300, 200, 25, NUCLEUS],
    [200, 100, 25, RED_CELL],
    [50, 250, 4, NUCLEUS],
  )
  const found = (await findNuclei(image, 0.25)).map(({ box }) => box)
  expect(found).toHaveLength(2)
  for (const [i, [x, y, r]] of [
    [100, 100, 20],
    [300, 200, 25],
  ].entries()) {
    const around: Box = [x! - r!, y! - r!, 2 * r!, 2 * r!]
    expect(iou(found[i]!, around)).toBeGreaterThan(0.55)
    expect(found[i]![2]).toBeGreaterThan(2 * r!)
  }
})

test('boxes are in pixels of the original, and end at its edge', async () => {
  const image = discs([10, 150, 40, NUCLEUS])
  const [found] = await findNuclei(image, 0.125)
  expect(found!.box[0]).toBe(0)
  expect(found!.box[0] + found!.box[2]).toBeGreaterThan(48)
  expect(found!.box[1]).toBeGreaterThan(90)
  expect(found!.box[1] + found!.box[3]).toBeLessThan(210)
})

test('finds most cells of a drawn field', async () => {
  const field = drawField({ seed: 5, width: 800, height: 600, umPerPixel: 0.2 })
  const found = await findNuclei(imageFromRaster(field), 0.2)
  const hit = field.cells.filter(({ box: [x, y, w, h] }) =>
    found.some(
      ({ box }) =>
        x + w / 2 > box[0] &&
        x + w / 2 < box[0] + box[2] &&
        y + h / 2 > box[1] &&
        y + h / 2 < box[1] + box[3],
    ),
  )
  expect(hit.length).toBeGreaterThan(0.7 * field.cells.length)
})
