import type { Raster } from '../../vision/index.ts'
import { CHARACTERS, type Letters } from './letters.ts'

export type Colour = readonly [red: number, green: number, blue: number]
type Area = { x: number; y: number; width: number; height: number }

/** `#rrggbb` as a colour. */
export function parseColour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** Black or white, whichever is easier to read on a colour (relative luminance of WCAG 2). */
export function inkOn(colour: Colour): Colour {
  const [r, g, b] = colour.map((v) => (v / 255) ** 2.2)
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.18 ? [0, 0, 0] : [255, 255, 255]
}

/** Fills the part of a rectangle that lies on the raster; whole pixels. */
export function fill({ data, width, height }: Raster, area: Area, colour: Colour): void {
  const left = Math.max(0, area.x)
  const right = Math.min(width, area.x + area.width)
  for (let y = Math.max(0, area.y); y < Math.min(height, area.y + area.height); y++) {
    for (let x = left; x < right; x++) data.set(colour, (y * width + x) * 3)
  }
}

/** The frame of a rectangle, `thick` pixels wide and inside it; dashed if asked for. */
export function frame(raster: Raster, area: Area, thick: number, colour: Colour, dashed: boolean): void {
  const { x, y, width, height } = area
  const dash = dashed ? thick * 4 : Infinity
  for (const top of [y, y + height - thick]) {
    for (const [start, length] of dashes(width, dash)) {
      fill(raster, { x: x + start, y: top, width: length, height: thick }, colour)
    }
  }
  for (const left of [x, x + width - thick]) {
    for (const [start, length] of dashes(height, dash)) {
      fill(raster, { x: left, y: y + start, width: thick, height: length }, colour)
    }
  }
}

function dashes(length: number, dash: number): [start: number, length: number][] {
  if (dash >= length) return [[0, length]]
  const count = Math.ceil(length / (2 * dash))
  return Array.from({ length: count }, (_, i) => [2 * dash * i, Math.min(dash, length - 2 * dash * i)])
}

/** Lays a picture on a raster with its top left corner at x, y; it must lie inside. */
export function paste(canvas: Raster, { data, width, height }: Raster, x: number, y: number): void {
  for (let row = 0; row < height; row++) {
    canvas.data.set(data.subarray(row * width * 3, (row + 1) * width * 3), ((y + row) * canvas.width + x) * 3)
  }
}

/** Writes a line of ASCII text with its top left corner at x, y; what leaves the raster is cut off. */
export function write(
  raster: Raster,
  text: string,
  x: number,
  y: number,
  letters: Letters,
  ink: Colour,
): void {
  for (const [i, character] of [...text].entries()) {
    const column = Math.max(0, CHARACTERS.indexOf(character)) * letters.width
    for (let row = 0; row < letters.height; row++) {
      for (let dx = 0; dx < letters.width; dx++) {
        const [px, py] = [x + i * letters.width + dx, y + row]
        const cover = letters.mask[row * letters.stride + column + dx]! / 255
        if (cover === 0 || px < 0 || py < 0 || px >= raster.width || py >= raster.height) continue
        const at = (py * raster.width + px) * 3
        for (let c = 0; c < 3; c++)
          raster.data[at + c]! += Math.round((ink[c]! - raster.data[at + c]!) * cover)
      }
    }
  }
}
