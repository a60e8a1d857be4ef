/** Values as other programs write them: numbers in quotes, yes and no in many ways, null for nothing. */

/** A finite number, also one that is written as text. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A number above 0. */
export function lengthIn(value: unknown): number | undefined {
  const length = numberIn(value)
  return length !== undefined && length > 0 ? length : undefined
}

/** Whether all numbers of a box with these sides are shares of an image and not pixels, of which a cell has more than one. */
export function areShares(numbers: readonly number[], width: number, height: number): boolean {
  const small = (width < 1 || height < 1) && numbers.every((value) => value >= 0 && value <= 1.01)
  return small && !numbers.every(Number.isInteger)
}
/** What is said of them where pixels are asked for. */
export const SHARES = 'they are shares of the image, not pixels'

/** A whole number from 1: a number by which a box is called. */
export function countIn(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 1 ? (value as number) : undefined
}

/** A text that is not empty, without the spaces around it. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A name whose characters are all sound. */
export function nameIn(value: unknown): string | undefined {
  const text = textIn(value)
  return text?.includes('\uFFFD') ? undefined : text
}

/** Yes or no; undefined where the value is neither, as 'Unspecified' is. Nothing is no. */
export function yesIn(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return false
  const word = String(value).trim().toLowerCase()
  if (['1', 'true', 'yes'].includes(word)) return true
  return ['', '0', 'false', 'no', 'none'].includes(word) ? false : undefined
}
