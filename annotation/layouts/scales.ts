import { MarrowscopeError } from '../../cytology/errors.ts'
import type { ReadOptions, Source } from './layout.ts'

/**
 * µm per pixel of the known sources, by folder name. None of them states its scale with certainty, so it was measured: red
 * cells, which are 7–8 µm wide, were taken as 7.5 µm. Where red cells are labelled (bccd, txl_pbc), data.test.ts checks it.
 */
const SCALES = new Map([
  ['matek', 0.1],
  ['pbc', 0.1],
  ['segpc', 0.174],
  ['bccd', 0.075],
  ['aml_lmu', 0.11],
  ['raabin', 0.11],
])

/** µm per pixel of a known source, by its name. */
export function knownScale(source: string): number | undefined {
  return SCALES.get(source)
}

/**
 * µm per pixel of the crops of a source.
 *
 * Errors: SCALE_REQUIRED.
 */
export function requiredScale(source: Source, options: ReadOptions): number {
  const scale = options.umPerPixel ?? knownScale(source.name)
  if (scale === undefined) throw scaleRequired(source.dir)
  return scale
}

export function scaleRequired(file: string): MarrowscopeError {
  return new MarrowscopeError(
    'SCALE_REQUIRED',
    `The scale of ${file} is not known; say how many µm a pixel is.`,
    { file },
  )
}
