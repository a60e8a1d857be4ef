import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CELL_TYPES } from '../cytology/index.ts'
import {
  type Box,
  drawCell,
  drawField,
  type FieldOptions,
  PALETTES,
  type PaletteName,
  RECIPES,
} from './index.ts'

const small = { width: 480, height: 360, umPerPixel: 0.2 }
const hash = (options: FieldOptions) => createHash('sha256').update(drawField(options).data).digest('hex')

function shared(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1])
  return width > 0 && height > 0 ? (width * height) / Math.min(a[2] * a[3], b[2] * b[3]) : 0
}

describe('drawField', () => {
  test('gives the same bytes for the same seed and others for another', () => {
    expect(hash({ ...small, seed: 7 })).toBe(hash({ ...small, seed: 7 }))
    expect(hash({ ...small, seed: 7 })).not.toBe(hash({ ...small, seed: 8 }))
  })

  test('gives the same bytes on any machine', () => {
    // Changes with every change of the looks; must not change with the machine or the version of Node.
    expect(hash({ ...small, seed: 7 })).toBe(
      '1709b48a229ad879fa916fc8fb5892246d6c0ec2658e2aca490dd09c723b931f',
    )
  })

  test('draws as many cells as asked, by number or by density, of the types asked', () => {
    const field = drawField({ ...small, seed: 3, cells: 9, types: { basophil: 1, monocyte: 2 } })
    expect(field.cells).toHaveLength(9)
    expect(new Set(field.cells.map((cell) => cell.type))).toEqual(new Set(['basophil', 'monocyte']))
    expect(drawField({ ...small, seed: 3, cells: { perMm2: 1000 } }).cells).toHaveLength(7)
    expect(drawField({ ...small, seed: 3, cells: 0 }).cells).toEqual([])
  })

  test('keeps every box inside the image, around dark pixels, and shares little with another box', () => {
    const field = drawField({ ...small, seed: 5, cells: 14, touching: 0.6, cutByBorder: 4 })
    expect(field.data).toHaveLength(480 * 360 * 3)
    for (const { box } of field.cells) {
      const [x, y, width, height] = box
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(Math.min(width, height)).toBeGreaterThan(0)
      expect(x + width).toBeLessThanOrEqual(480)
      expect(y + height).toBeLessThanOrEqual(360)
      const others = field.cells.filter((cell) => cell.box !== box)
      expect(Math.max(...others.map((other) => shared(box, other.box)))).toBeLessThan(0.2)
    }
    const whole = field.cells.find((cell) => cell.type === 'erythroblast' && !cell.touchesEdge)!
    const [x, y, width, height] = whole.box
    const middle = ((y + (height >> 1)) * 480 + x + (width >> 1)) * 3
    expect(field.data[middle + 1]).toBeLessThan(110)
  })

  test('cuts as many cells by the border as asked', () => {
    for (const cutByBorder of [0, 5]) {
      const field = drawField({ ...small, seed: 11, cells: 12, touching: 0, cutByBorder })
      expect(field.cells.filter((cell) => cell.touchesEdge)).toHaveLength(cutByBorder)
      for (const { box, touchesEdge } of field.cells) {
        const [x, y, width, height] = box
        expect(touchesEdge).toBe(x === 0 || y === 0 || x + width === 480 || y + height === 360)
      }
    }
  })

  test('places cells against each other only where asked', () => {
    const meeting = (touching: number) => {
      const { cells } = drawField({ ...small, seed: 21, cells: 14, touching, types: { lymphocyte: 1 } })
      return cells.filter((a) => cells.some((b) => a !== b && near(a.box, b.box))).length
    }
    const near = (a: Box, b: Box) => {
      const dx = a[0] + a[2] / 2 - b[0] - b[2] / 2
      const dy = a[1] + a[3] / 2 - b[1] - b[3] / 2
      return Math.sqrt(dx * dx + dy * dy) < 1.03 * ((a[2] + a[3]) / 4 + (b[2] + b[3]) / 4)
    }
    expect(meeting(1)).toBe(14)
    expect(meeting(0)).toBeLessThan(4)
  })

  test('is paler when under-stained, softer when out of focus, darker at the corners in uneven light', () => {
    const base = { ...small, seed: 31, debris: 0, platelets: 0, light: 0, focus: 0.05 }
    const mean = (options: Partial<FieldOptions>) => {
      const { data } = drawField({ ...base, ...options })
      return data.reduce((a, b) => a + b) / data.length
    }
    expect(mean({ stain: 0.4 })).toBeGreaterThan(mean({}) + 15)
    const roughness = (options: Partial<FieldOptions>) => {
      const { data } = drawField({ ...base, ...options })
      let sum = 0
      for (let i = 9; i < data.length; i += 3) sum += Math.abs(data[i]! - data[i - 9]!)
      return sum
    }
    expect(roughness({ focus: 0.9 })).toBeLessThan(0.8 * roughness({}))
    const empty = { ...base, cells: 0, redCells: 0 }
    const corner = (light: number) => {
      const { data } = drawField({ ...empty, light })
      return data[0]! / data[(180 * 480 + 240) * 3]!
    }
    expect(corner(0)).toBeGreaterThan(0.95)
    expect(corner(1)).toBeLessThan(0.9)
  })

  test('does not depend on the bands it is painted in', () => {
    const tall = drawField({
      seed: 41,
      width: 200,
      height: 700,
      umPerPixel: 0.2,
      light: 0,
      cells: 10,
      focus: 0.3,
    })
    const rows = (from: number) => tall.data.subarray(from * 600, (from + 1) * 600)
    const step = (row: number) =>
      rows(row).reduce((sum, value, i) => sum + Math.abs(value - rows(row - 1)[i]!), 0) / 600
    const usual = [250, 251, 252, 253, 259, 260, 261].map(step).reduce((a, b) => Math.max(a, b))
    expect(step(256)).toBeLessThan(usual * 1.5)
  })

  test('says so when there is no room for an exact number, and draws fewer for a density', () => {
    expect(() => drawField({ ...small, seed: 1, cells: 500 })).toThrow(
      expect.objectContaining({ code: 'FIELD_TOO_CROWDED' }),
    )
    expect(drawField({ ...small, seed: 1, cells: { perMm2: 6500 } }).cells.length).toBeLessThan(45)
    expect(() => drawField({ ...small, seed: 1, types: {} })).toThrow(
      expect.objectContaining({ code: 'NO_CELL_TYPES' }),
    )
  })

  test.each(Object.keys(PALETTES) as PaletteName[])(
    'the empty glass of %s is its brightest large area',
    (palette) => {
      const { data } = drawField({
        seed: 1,
        width: 64,
        height: 64,
        cells: 0,
        redCells: 0,
        platelets: 0,
        debris: 0,
        light: 0,
        palette,
      })
      const mean = [0, 1, 2].map((c) => data.filter((_, i) => i % 3 === c).reduce((a, b) => a + b) / 4096)
      for (const c of [0, 1, 2]) expect(Math.abs(mean[c]! - PALETTES[palette].light[c]!)).toBeLessThan(30)
    },
  )
})

describe('drawCell', () => {
  test.each(CELL_TYPES)('%s has the size of its recipe', (type) => {
    const { diameter, elongation } = RECIPES[type]
    for (let seed = 0; seed < 6; seed++) {
      const umPerPixel = 0.2
      const crop = drawCell({ type, seed, size: 160, umPerPixel })
      expect(crop.cells).toHaveLength(1)
      const [x, y, width, height] = crop.cells[0]!.box
      const stretch = Math.sqrt(elongation[1])
      expect(Math.max(width, height) * umPerPixel).toBeGreaterThan(diameter[0] * 0.9)
      expect(Math.max(width, height) * umPerPixel).toBeLessThan(diameter[1] * stretch * 1.3)
      expect(Math.abs(x + width / 2 - 80)).toBeLessThan(width * 0.2)
      expect(Math.abs(y + height / 2 - 80)).toBeLessThan(height * 0.2)
    }
  })
})
