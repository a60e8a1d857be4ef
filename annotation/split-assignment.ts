import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { MarrowscopeError } from '../cytology/errors.ts'
import type { LabelProblem } from './label-problems.ts'
import type { Split } from './labelled-image.ts'
import { SPLITS } from './layouts/split.ts'
import { nameIndex, stem } from './name-index.ts'
import { readTable } from './table.ts'

/** The share of images in each split; the shares add up to 1. */
export type Shares = Readonly<Record<Split, number>>

const USUAL_SHARES: Shares = { train: 0.7, val: 0.1, test: 0.2 }

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
 * Splits from a table with the columns `file` and `split`, by file name, as `nameIndex` finds it.
 *
 * Errors: LABELS_NOT_READABLE, TABLE_INVALID; SPLIT_UNKNOWN from the function for a file that the table does not list, or
 * lists in two splits.
 */
export async function splitsOfIndex(
  index: string,
  tell?: (problem: LabelProblem) => void,
): Promise<(file: string) => Split> {
  const rows = await readTable(index, tell)
  const splits = nameIndex(rows.map((row) => [row.text('file'), row.oneOf('split', SPLITS)]))
  return (file) => {
    const match = splits.find(file)
    const found =
      match && new Set('several' in match ? match.several.map(({ value }) => value) : [match.value])
    const [split, other] = found ?? []
    if (split !== undefined && other === undefined) return split
    throw new MarrowscopeError(
      'SPLIT_UNKNOWN',
      split === undefined
        ? `${index} does not say to which split ${basename(file)} belongs; add it there.`
        : `${index} gives several splits to images named as ${basename(file)}; write their folders there, too.`,
      { file },
    )
  }
}
