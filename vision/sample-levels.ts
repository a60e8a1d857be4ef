import { FieldRefused } from './field-refused.ts'

/** How the samples of a picture are stored. */
export type SampleKind = {
  /** Bits of a sample, 1..64. */
  bits: number
  format: 'unsigned' | 'signed' | 'float'
  /** Bits that matter, as the file says; undefined where it says nothing. */
  saidBits?: number | undefined
}

/** Depths that cameras have, and what holds them. 7 and 31 are what a sign leaves of 8 and 32; 15 of 16. */
const DEPTHS = [8, 10, 12, 14, 15, 16, 24, 31, 32]
/** How far above white a resampled picture of floating point may overshoot. */
const OVERSHOOT = 1.02

/**
 * The value that is white; black is 0. Integers are white at the top of the depth that the file names if their values fit
 * in it, else of the smallest depth that a camera has in which they do. Floating point is white at 1 or, with values above
 * 2, as integers are.
 *
 * Errors: FIELD_SAMPLES_NOT_READ for values below 0, values that are no numbers, and those beyond 32 bits.
 */
export function whiteOf(least: number, most: number, { bits, format, saidBits }: SampleKind): number {
  const todo = 'save it with 8 or 16 bits without sign'
  if (!Number.isFinite(least) || !Number.isFinite(most))
    throw new FieldRefused('FIELD_SAMPLES_NOT_READ', `holds values that are no numbers; ${todo}`)
  const float = format === 'float'
  const below = float ? -(OVERSHOOT - 1) * Math.max(most, 1e-9) : 0
  if (least < below)
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      `holds values below 0 (from ${shown(least)} to ${shown(most)}), of which nobody can tell which is white; ${todo}`,
    )
  if (float && most <= 2) return 1
  const fits = (depth: number) => most <= topOf(depth) * (float ? OVERSHOOT : 1)
  if (saidBits !== undefined && saidBits < bits && fits(saidBits)) return topOf(saidBits)
  const depth = (format === 'signed' && bits === 8 ? [7] : DEPTHS).find(fits)
  if (depth === undefined)
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      `holds values up to ${shown(most)}, of which nobody can tell which is white; ${todo}`,
    )
  // A depth between two bytes, such as 12 packed bits, is the file's own word.
  return topOf(format === 'unsigned' && bits < 16 ? bits : depth)
}

/**
 * The value that is opaque, of a fourth sample with this largest one: 1 of floating point, else the top of the smallest depth of a
 * camera that holds it, for programs write 255 or 4095 beside colours of 16 bits.
 */
export const opaqueOf = (most: number): number =>
  most > 0 && most <= 1 ? 1 : topOf(DEPTHS.find((depth) => most <= topOf(depth)) ?? 32)

const topOf = (bits: number) => 2 ** bits - 1
const shown = (value: number) => Number(value.toPrecision(4))
