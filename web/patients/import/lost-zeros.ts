import type { ImportRow } from './columns.ts'

type Numbered = 'hospitalNumber' | 'marrowNumber'

/**
 * Rows whose number seems to have lost its leading zeros, as a spreadsheet does to some of a column's: it is made of digits, and
 * another of the file is the same with zeros before it, or it is shorter than most, of which some begin with a zero.
 */
export function lostZeros(rows: readonly ImportRow[], field: Numbered): Set<number> {
  const digits = rows
    .map(({ row, [field]: number }) => ({ row, number: number.normalize('NFKC').trim() }))
    .filter(({ number }) => /^\d+$/.test(number))
  const padded = digits.filter(({ number }) => number.startsWith('0'))
  const bare = new Set(padded.map(({ number }) => number.replace(/^0+/, '')))
  const lengths = new Set(padded.map(({ number }) => number.length))
  const [length = 0] = lengths
  const asLong = digits.filter(({ number }) => number.length === length).length
  const isFixed = lengths.size === 1 && asLong * 2 > digits.length
  const lost = digits.filter(
    ({ number }) => !number.startsWith('0') && (bare.has(number) || (isFixed && number.length < length)),
  )
  return new Set(lost.map(({ row }) => row))
}
