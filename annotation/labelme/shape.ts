import { type Static, Type } from 'typebox'
import { boxAround, type Point } from '../box-around.ts'
import { areShares, nameIn, numberIn, SHARES, textIn } from '../foreign-values.ts'
import { faults } from '../label-problems.ts'
import type { Box } from '../labelled-image.ts'

const Drawn = Type.Object({ points: Type.Array(Type.Array(Type.Number(), { minItems: 2 }), { minItems: 1 }) })

/** A shape as far as it says where a cell is; the other keys may be of any program. */
export interface LabelmeShape {
  /** Its number in the file, from 1. */
  number: number
  raw: Record<string, unknown>
  /** undefined where it has none that can be read. */
  label: string | undefined
  kind: string
  group: string | undefined
  /** The box around the cell; without it the shape encloses none, `why` says why, and it lies around `points`. */
  box?: Box
  why?: string
  points: Point[]
}

export type PlacedShape = LabelmeShape & { box: Box }

/** Kinds that are drawn around a cell by their points. */
const OUTLINES = ['polygon', 'mask', 'linestrip']
const RECTANGLES = ['rectangle', 'rotation', 'rotated_rectangle', 'oriented_rectangle', 'quadrilateral']

/** Whether a shape follows the outline of what it shows, so that one cell may need several. */
export function isOutline({ kind }: LabelmeShape): boolean {
  return OUTLINES.includes(kind)
}

/** Whether a shape is a rectangle that may be turned, so that the box around it may reach out of the image. */
export function isTurned({ kind }: LabelmeShape): boolean {
  return kind !== 'rectangle' && RECTANGLES.includes(kind)
}

/** Reads a shape, or says what is wrong with its points. Files older than labelme 3 name no kind; their shapes are polygons. */
export function readShape(shape: unknown, number: number): LabelmeShape | [path: string, why: string][] {
  const wrong = faults(Drawn, shape, '')
  if (wrong.length > 0) return wrong
  const raw = shape as Record<string, unknown> & Static<typeof Drawn>
  const points = raw.points.map(([x, y]): Point => [x!, y!])
  const kind = textIn(raw.shape_type)?.toLowerCase() ?? 'polygon'
  const group = numberIn(raw.group_id)?.toString() ?? textIn(raw.group_id)
  const [, , width, height] = boxAround(points)
  if (width > 0 && height > 0 && areShares(points.flat(), width, height)) return [['/points', SHARES]]
  const box = kind === 'circle' ? boxOfCircle(points) : boxOfPoints(points, kind)
  const place = typeof box === 'string' ? { why: box } : { box }
  return { number, raw, label: nameIn(raw.label), kind, group, points, ...place }
}

function boxOfCircle(points: readonly Point[]): Box | string {
  const [centre, rim, more] = points
  if (rim === undefined || more !== undefined) return `a circle has two points, here are ${points.length}`
  const radius = Math.hypot(rim[0] - centre![0], rim[1] - centre![1])
  if (radius === 0) return 'the circle has no area'
  return [centre![0] - radius, centre![1] - radius, 2 * radius, 2 * radius]
}

function boxOfPoints(points: readonly Point[], kind: string): Box | string {
  if (!OUTLINES.includes(kind) && !RECTANGLES.includes(kind))
    return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} encloses no cell`
  if (kind !== 'rectangle' && RECTANGLES.includes(kind) && points.length < 3)
    return `a ${kind} of two points may lie anyhow`
  const around = boxAround(points)
  // A mask names its first and its last pixel.
  const box: Box = kind === 'mask' ? [around[0], around[1], around[2] + 1, around[3] + 1] : around
  return box[2] > 0 && box[3] > 0 ? box : 'the box has no area'
}
