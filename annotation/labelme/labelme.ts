import { type Static, Type } from 'typebox'
import { clip } from '../../vision/box.ts'
import { boxAround, withoutDust } from '../box-around.ts'
import { doubtfulBox } from '../doubtful-box.ts'
import { countIn, lengthIn, textIn, yesIn } from '../foreign-values.ts'
import { readJson } from '../json-text.ts'
import { labelNamed } from '../label-names.ts'
import { faults, type Inspected, type Notes, problemsOf } from '../label-problems.ts'
import { type Box, type LabelledBox, type Split, touchesEdge } from '../labelled-image.ts'
import { SPLITS } from '../layouts/split.ts'
import { withoutParts } from './group.ts'
import { isTurned, type PlacedShape, readShape } from './shape.ts'

/** One image's labels as labelme keeps them. */
export interface LabelmeImage {
  /** The image's path as the file gives it, with '/' between its parts; '' where it gives none. */
  imagePath: string
  width: number
  height: number
  umPerPixel?: number
  split?: Split
  id?: number
  boxes: LabelledBox[]
}

interface Size {
  width: number
  height: number
}

const Document = Type.Object({
  shapes: Type.Array(Type.Unknown()),
  imageWidth: Type.Number({ exclusiveMinimum: 0 }),
  imageHeight: Type.Number({ exclusiveMinimum: 0 }),
})

/** Whether data looks like labelme's at all. */
export function isLabelme(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'shapes' in data && 'imagePath' in data
}

/** The path of the image in labelme data, if they have one. */
export function imagePathIn(data: unknown): string | undefined {
  return isLabelme(data) ? textIn((data as { imagePath: unknown }).imagePath) : undefined
}

/** Whether labelme data say the size of their image. */
export function saysSize(data: unknown): boolean {
  const { imageWidth, imageHeight } = (data ?? {}) as Record<string, unknown>
  return lengthIn(imageWidth) !== undefined && lengthIn(imageHeight) !== undefined
}

/**
 * Reads a labelme file of any version, also by programs that write the same: embedded image data are passed over, polygons,
 * circles, masks and turned rectangles become the box around them, and corners may come in any order. A shape with the flag
 * `ignore` is an ignored box and its description the reason. `number`, `id`, `score` and `proposed_by` of a shape,
 * `um_per_pixel`, `split` and `id` of the file are our own keys, which labelme keeps as they are; where another program
 * keeps something else under such a name, it is passed over.
 *
 * @param size of the image, for files that do not say it
 * Answers the sound shapes and all that is wrong with the others; undefined where nothing can be read.
 */
export function inspectLabelme(text: string, file: string, size?: Size): Inspected<LabelmeImage | undefined> {
  const notes = problemsOf(file)
  const { value: data, fault, noNumbers } = readJson(text)
  for (const { where, why } of noNumbers) notes.tell(where, why)
  if (fault) {
    notes.note(fault.where, fault.why)
    return { value: undefined, problems: notes.problems }
  }
  const sized = withSize(data, size)
  const wrong = faults(Document, sized, '')
  for (const [path, why] of wrong) notes.note(path, why)
  if (wrong.length > 0) return { value: undefined, problems: notes.problems }
  const { shapes, imageWidth: width, imageHeight: height } = sized as Static<typeof Document>
  const { um_per_pixel, split, id } = sized as Record<string, unknown>
  const umPerPixel = lengthIn(um_per_pixel)
  if (umPerPixel === undefined && um_per_pixel !== undefined && um_per_pixel !== null)
    notes.tell('/um_per_pixel', `'${um_per_pixel}' is no scale, and was passed over`)
  const known = SPLITS.find((name) => name === split)
  const value = {
    imagePath: imagePathIn(data)?.replaceAll('\\', '/') ?? '',
    ...{ width, height },
    ...(umPerPixel === undefined ? {} : { umPerPixel }),
    ...(known === undefined ? {} : { split: known }),
    ...(Number.isInteger(id) ? { id: id as number } : {}),
    boxes: boxesIn(shapes, { width, height }, notes),
  }
  return { value, problems: notes.problems }
}

/** Data with the size of the image: their own where they say it, also as text, else the given one. */
function withSize(data: unknown, size: Size | undefined): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  const { imageWidth, imageHeight } = data as Record<string, unknown>
  if (saysSize(data)) return { ...data, imageWidth: lengthIn(imageWidth), imageHeight: lengthIn(imageHeight) }
  return size ? { ...data, imageWidth: size.width, imageHeight: size.height } : data
}

function boxesIn(shapes: readonly unknown[], size: Size, notes: Notes): LabelledBox[] {
  const read = shapes.map((shape, i) => readShape(shape, i + 1))
  const cells = withoutParts(read.filter(isPlaced), notes)
  const cellAt = new Map(cells.map((cell) => [cell.number, cell]))
  const usual = usualSide(cells.map(({ box }) => box))
  const boxes = read.flatMap((shape, i): LabelledBox[] => {
    const where = `shape ${i + 1}`
    if (Array.isArray(shape)) {
      for (const [path, why] of shape) notes.note(where, `${path} ${why}`)
      return []
    }
    if (isPlaced(shape)) {
      const cell = cellAt.get(shape.number)
      return cell === undefined ? [] : [boxOf(cell, size, notes)]
    }
    if (usual === undefined) {
      notes.note(where, shape.why!)
      return []
    }
    notes.ignore(where, shape.why!)
    return [doubtfulBox(atLeast(boxAround(shape.points), usual), size)]
  })
  return withoutSameNumbers(boxes, notes)
}

function isPlaced(shape: ReturnType<typeof readShape>): shape is PlacedShape {
  return !Array.isArray(shape) && shape.box !== undefined
}

function boxOf(shape: PlacedShape, size: Size, notes: Notes): LabelledBox {
  const { number: place, raw, label } = shape
  const inside = clip(shape.box, size.width, size.height)
  const box = isTurned(shape) && inside[2] > 0 && inside[3] > 0 ? inside : shape.box
  if (label === undefined) {
    notes.ignore(`shape ${place}`, 'it has no label that can be read')
    return doubtfulBox(box, size)
  }
  const ignore = yesIn((raw.flags as { ignore?: unknown } | null | undefined)?.ignore) ?? false
  const [reason, number, proposedBy] = [textIn(raw.description), countIn(raw.number), textIn(raw.proposed_by)]
  return {
    box,
    label: labelNamed(label),
    touchesEdge: touchesEdge(box, size.width, size.height),
    ...(ignore ? { ignore } : {}),
    ...(ignore && reason !== undefined ? { reason } : {}),
    ...(number === undefined ? {} : { number }),
    ...(Number.isInteger(raw.id) ? { id: raw.id as number } : {}),
    ...(typeof raw.score === 'number' ? { score: raw.score } : {}),
    ...(proposedBy === undefined ? {} : { proposedBy }),
  }
}

/** How wide and high the cells of an image are in the middle; undefined where there are none. */
function usualSide(boxes: readonly Box[]): number | undefined {
  const sides = boxes.map(([, , w, h]) => Math.sqrt(w * h)).sort((a, b) => a - b)
  return sides[Math.floor(sides.length / 2)]
}

/** The box widened about its middle, so that no side is shorter. */
function atLeast([x, y, w, h]: Box, side: number): Box {
  const [width, height] = [Math.max(w, side), Math.max(h, side)]
  return [x - (width - w) / 2, y - (height - h) / 2, width, height].map(withoutDust) as Box
}

/** Boxes of an image of which no two have the same number: the later ones are left without, which is told. */
function withoutSameNumbers(boxes: readonly LabelledBox[], { tell }: Pick<Notes, 'tell'>): LabelledBox[] {
  const taken = new Set<number>()
  return boxes.map((box) => {
    const { number, ...rest } = box
    if (number === undefined || !taken.has(number)) {
      if (number !== undefined) taken.add(number)
      return box
    }
    tell(`number ${number}`, 'several boxes have this number; only the first keeps it')
    return rest
  })
}
