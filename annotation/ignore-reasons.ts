/** Why a box is ignored: what is there is no cell to be counted, or nobody can say. docs/labelling.md says when to use which. */
export const IGNORE_REASONS = [
  'naked',
  'smudged',
  'megakaryocyte',
  'stromal',
  'cut',
  'blurred',
  'overlapping',
  'doubtful',
] as const

export type IgnoreReason = (typeof IGNORE_REASONS)[number]

export function isIgnoreReason(word: string): word is IgnoreReason {
  return (IGNORE_REASONS as readonly string[]).includes(word)
}
