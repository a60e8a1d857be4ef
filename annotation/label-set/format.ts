import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { visibleFiles } from '../image-folder.ts'
import type { Inspected } from '../label-problems.ts'
import { inspectText } from '../label-text.ts'
import type { LabelledField } from '../labelled-image.ts'

export interface ReadSetOptions {
  /** Folder with the images: their names are matched with those in the labels, and sizes that these do not state are taken from them. */
  images?: string | undefined
}

/** A set of labels, and all that is to be told of it. */
export interface InspectedSet extends Inspected<LabelledField[]> {
  /** Fields of which a cell could not be read: they are left out, for they would teach the cell as background. */
  incomplete: LabelledField[]
}

export interface WrittenSet {
  files: { name: string; text: string }[]
  /** What the format cannot hold, a sentence each. */
  lost: string[]
}

/** How a whole set of labels lies in files. */
export interface LabelSetFormat {
  matches(path: string): Promise<boolean>
  read(path: string, options: ReadSetOptions): Promise<InspectedSet>
  write(fields: readonly LabelledField[]): WrittenSet
}

/** The files of an ending below a folder, sorted; the path itself where it is a file with that ending. */
export async function filesEnding(path: string, ending: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return extname(path).toLowerCase() === ending ? [path] : []
  const names = await visibleFiles(path)
  return names.filter((name) => extname(name).toLowerCase() === ending).map((name) => join(path, name))
}

/** Whether a file of an ending below a folder has such a text; a file that is no text has none. */
export async function someText(
  path: string,
  ending: string,
  fits: (text: string) => boolean,
): Promise<boolean> {
  for (const file of await filesEnding(path, ending)) {
    const { value: text } = await inspectText(file)
    if (text !== undefined && fits(text)) return true
  }
  return false
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
