import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { openImage } from '../vision/index.ts'
import type { Inspected } from './label-problems.ts'
import type { LabelledField } from './labelled-image.ts'
import { imagesIn } from './layouts/files.ts'
import { stem } from './split-assignment.ts'

export interface ReadSetOptions {
  /** Folder with the images, for formats that do not state their size. */
  images?: string | undefined
}

export interface WrittenSet {
  files: { name: string; text: string }[]
  /** What the format cannot hold, a sentence each. */
  lost: string[]
}

/** How a whole set of labels lies in files. */
export interface LabelSetFormat {
  matches(path: string): Promise<boolean>
  read(path: string, options: ReadSetOptions): Promise<Inspected<LabelledField[]>>
  write(fields: readonly LabelledField[]): WrittenSet
}

/** The files of an ending below a folder, sorted; the path itself where it is a file with that ending. */
export async function filesEnding(path: string, ending: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return extname(path).toLowerCase() === ending ? [path] : []
  if (!found?.isDirectory()) return []
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => extname(name).toLowerCase() === ending)
    .sort()
    .map((name) => join(path, name))
}

/** Images of a folder by their name without ending. */
export async function imagesByStem(folder: string | undefined): Promise<Map<string, string>> {
  if (folder === undefined) return new Map()
  return new Map((await imagesIn(folder)).map((name) => [stem(name), join(folder, name)]))
}

/** Width and height of an image in pixels; undefined where it cannot be read. */
export async function imageSize(file: string): Promise<{ width: number; height: number } | undefined> {
  return openImage(file).then(
    ({ width, height }) => ({ width, height }),
    () => undefined,
  )
}

/** What a format loses of some fields, as sentences; of each only if it is there. */
export function losses(
  fields: readonly LabelledField[],
  name: string,
  kept: readonly (keyof typeof LOSSES)[],
): string[] {
  return (Object.keys(LOSSES) as (keyof typeof LOSSES)[])
    .filter((what) => !kept.includes(what))
    .flatMap((what) => {
      const count = LOSSES[what].count(fields)
      return count === 0 ? [] : [`${name} cannot keep ${LOSSES[what].words}: ${count} lost.`]
    })
}

const boxesWith = (fields: readonly LabelledField[], has: (box: LabelledField['boxes'][number]) => boolean) =>
  fields.reduce((sum, { boxes }) => sum + boxes.filter(has).length, 0)

const LOSSES = {
  ids: {
    words: 'the ids of boxes',
    count: (fields: readonly LabelledField[]) => boxesWith(fields, ({ id }) => id !== undefined),
  },
  numbers: {
    words: 'the numbers of boxes',
    count: (fields: readonly LabelledField[]) => boxesWith(fields, ({ number }) => number !== undefined),
  },
  ignored: {
    words: 'ignored boxes, which are left out',
    count: (fields: readonly LabelledField[]) => boxesWith(fields, ({ ignore }) => ignore === true),
  },
  proposals: {
    words: 'scores and makers of proposals',
    count: (fields: readonly LabelledField[]) =>
      boxesWith(fields, ({ score, proposedBy }) => score !== undefined || proposedBy !== undefined),
  },
  splits: {
    words: 'the split of images',
    count: (fields: readonly LabelledField[]) => fields.filter(({ split }) => split !== undefined).length,
  },
  scales: {
    words: 'the scale of images',
    count: (fields: readonly LabelledField[]) =>
      fields.filter(({ umPerPixel }) => umPerPixel !== undefined).length,
  },
}
