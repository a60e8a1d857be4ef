import type { Field } from '../api/types.ts'

type Translate = (key: string) => string

/** Told by the one word of the scale's source. */
const OF_SCALE = ['SCALE_ESTIMATED', 'SCALE_UNSURE']

/** '0.174 µm/px', or '' while nobody knows. */
export const scaleText = ({ umPerPixel }: Pick<Field, 'umPerPixel'>): string =>
  umPerPixel === null ? '' : `${Number(umPerPixel.toFixed(4))} µm/px`

/** In one word who says the scale of a field; '' while nobody does. */
export function scaleSource({ scaleSource: source, umPerPixel, warnings }: Field, t: Translate): string {
  if (umPerPixel === null || source === null) return ''
  return t(warnings.includes('SCALE_UNSURE') ? 'scale.source.unsure' : `scale.source.${source}`)
}

/** What else a person must know of a field. */
export const fieldWarnings = ({ warnings }: Field, t: Translate): string[] =>
  warnings.filter((one) => !OF_SCALE.includes(one)).map((one) => t(`warning.${one}`))
