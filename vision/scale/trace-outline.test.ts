import { describe, expect, it } from 'vitest'
import type { Plane } from '../plane.ts'
import { traceOutline } from './trace-outline.ts'

type Oval = { x: number; y: number; across: number; down: number }

/** Bright ovals (half axes in pixels) with edges of two pixels on a plane of `ground`. */
function plane(ovals: Oval[], ground = 0): Plane {
  const [width, height] = [160, 140]
  const data = new Float32Array(width * height)
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const inside = ovals.map((oval) => {
      const [dx, dy] = [(x - oval.x) / oval.across, (y - oval.y) / oval.down]
      return (1 - Math.hypot(dx, dy)) * Math.min(oval.across, oval.down)
    })
    data[i] = ground + (0.5 - ground) * Math.min(1, Math.max(0, Math.max(...inside, -9) / 2 + 0.5))
  }
  return { data, width, height }
}

const guess = { x: 78, y: 68, radius: 24, support: 0.7 }

describe('traceOutline', () => {
  it.each([
    [24, 24],
    [28, 22],
    [20, 27],
    [30, 21],
  ])('measures an oval of half axes %i and %i by its area', (across, down) => {
    const traced = traceOutline(plane([{ x: 80, y: 70, across, down }]), guess)
    expect(Math.hypot(traced.x - 80, traced.y - 70)).toBeLessThan(0.5)
    // The foot of the edge, where a fifth of the brightness is left, is 0.6 pixels outside its middle.
    expect(Math.abs(traced.radius / (Math.sqrt(across * down) + 0.6) - 1)).toBeLessThan(0.02)
    expect(traced.support).toBeGreaterThan(0.95)
    expect(traced.ground).toBeLessThan(0.02)
  })

  it('bridges where two cells touch', () => {
    const pair = [{ x: 80, y: 70, across: 24, down: 24 }, { x: 124, y: 70, across: 24, down: 24 }] // biome-ignore format: pairs
    const traced = traceOutline(plane(pair), guess)
    expect(Math.abs(traced.radius / 24.6 - 1)).toBeLessThan(0.04)
    expect(traced.support).toBeGreaterThan(0.7)
    expect(traced.support).toBeLessThan(0.95)
  })

  it('bridges where the border cuts a cell', () => {
    const traced = traceOutline(plane([{ x: 15, y: 70, across: 24, down: 24 }]), { ...guess, x: 17 })
    expect(Math.abs(traced.radius / 24.6 - 1)).toBeLessThan(0.04)
    expect(traced.support).toBeLessThan(0.8)
  })

  it('tells the ground on which a disc lies', () => {
    const traced = traceOutline(plane([{ x: 80, y: 70, across: 24, down: 24 }], 0.3), guess)
    expect(traced.ground).toBeCloseTo(0.6, 1)
  })

  it('sees no outline on an even plane', () => {
    expect(traceOutline(plane([], 0.2), guess)).toEqual({ ...guess, support: 0, ground: 1 })
  })
})
