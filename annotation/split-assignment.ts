import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import { MarrowscopeError } from '../cytology/errors.ts'
import type { Split } from './labelled-image.ts'
import { SPLITS } from './layouts/split.ts'
import { readTable } from './table.ts'

/** The share of images in each split; the shares add up to 1. */
export type Shares = Readonly<Record<Split, number>>

export const USUAL_SHARES: Shares = { train: 0.7, val: 0.1, test: 0.2 }

/**
 * The split of an image by a hash of its file name without folder and ending: the same on every machine, and unmoved by
 * images that come later or by saving in another format. The first 48 bits of SHA-256 are taken as a number in 0..1.
 */
export function splitByHash(file: string, shares: Shares = USUAL_SHARES): Split {
  const hash = createHash('sha256').update(stem(file)).digest()
  const place = hash.readUIntBE(0, 6) / 2 ** 48
  if (place < shares.train) return 'train'
  return place < shares.train + shares.val ? 'val' : 'test'
}

/**
 * Splits from a table with the columns `file` and `split`, by file name without folder and ending.
 *
 * Errors: LABELS_NOT_READABLE, TABLE_INVALID; SPLIT_UNKNOWN from the function for a file that the table does not list.
 */
export async function splitsOfIndex(index: string): Promise<(file: string) => Split> {
  const rows = await readTable(index)
  const splits = new Map(rows.map((row) => [stem(row.text('file')), row.oneOf('split', SPLITS)]))
  return (file) => {
    const split = splits.get(stem(file))
    if (split !== undefined) return split
    throw new MarrowscopeError(
      'SPLIT_UNKNOWN',
      `${index} does not say to which split ${basename(file)} belongs; add it there.`,
      { file },
    )
  }
}

/** A file's name without folder and ending: what the labels of an image and the image have in common. */
export function stem(file: string): string {
  return basename(file, extname(file))
}
