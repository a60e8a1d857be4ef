import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Raster } from './decode.ts'
import { cut, isCutHere, tile } from './tiles.ts'

/** Every pixel says where it is. */
function ramp(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data.set([i % width, Math.floor(i / width), 7], i * 3)
  return { data, width, height }
}

const lengths = fc.integer({ min: 1, max: 1500 })
const tiling = { size: 256, overlap: 64, multiple: 32 }

describe('tile', () => {
  it('covers every pixel with tiles of one shape that overlap enough', () => {
    fc.assert(
      fc.property(lengths, lengths, (width, height) => {
        const tiles = tile(width, height, tiling)
        for (const [side, length, start] of [
          ['width', width, 'x'],
          ['height', height, 'y'],
        ] as const) {
          // biome-ignore format: pairs
          const starts = [...new Set(tiles.map((t) => t[start]))].sort((a, b) => a - b)
          expect(starts[0]).toBe(0)
          expect(starts.at(-1)! + tiles[0]![side]).toBeGreaterThanOrEqual(length)
          expect(new Set(tiles.map((t) => t[side])).size).toBe(1)
          expect(tiles[0]![side] % 32).toBe(0)
          for (let i = 1; i < starts.length; i++) {
            expect(starts[i - 1]! + tiling.size - starts[i]!).toBeGreaterThanOrEqual(tiling.overlap)
          }
          if (starts.length > 1) expect(starts.at(-1)! + tiling.size).toBe(length)
        }
      }),
    )
  })

  it('takes one tile, no larger than needed, where it can', () => {
    expect(tile(200, 256, tiling)).toEqual([{ x: 0, y: 0, width: 224, height: 256 }])
  })
})

describe('cut', () => {
  it('repeats the edge pixels outside of the raster', () => {
    const window = fc.record({
      x: fc.integer({ min: -30, max: 40 }),
      y: fc.integer({ min: -30, max: 40 }),
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
    })
    const raster = ramp(20, 12)
    fc.assert(
      fc.property(window, (area) => {
        const expected: number[] = []
        for (let row = 0; row < area.height; row++) {
          for (let column = 0; column < area.width; column++) {
            const x = Math.min(Math.max(area.x + column, 0), 19)
            const y = Math.min(Math.max(area.y + row, 0), 11)
            expected.push(x, y, 7)
          }
        }
        expect(Buffer.from(cut(raster, area)).equals(Buffer.from(expected))).toBe(true)
      }),
    )
  })
})

describe('isCutHere', () => {
  const raster = ramp(400, 100)
  const [left, right] = [
    { x: 0, y: 0, width: 256, height: 128 },
    { x: 144, y: 0, width: 256, height: 128 },
  ]
  const cutIn = (here: typeof left, x: number, width: number) =>
    isCutHere([x, 40, width, 20], here, [left, right], raster, 8)

  it('leaves a box at an inner edge to the tile that sees it whole', () => {
    expect(cutIn(left, 230, 26)).toBe(true)
    expect(cutIn(right, 144, 26)).toBe(true)
    expect(cutIn(right, 230, 30)).toBe(false)
  })

  it('keeps a box at the edge of the picture, and one that no tile sees whole', () => {
    expect(cutIn(left, 0, 20)).toBe(false)
    expect(cutIn(right, 380, 20)).toBe(false)
    expect(cutIn(left, 140, 116)).toBe(false)
  })
})
