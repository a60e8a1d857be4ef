import type { Notes } from './label-problems.ts'
import type { LabelledBox } from './labelled-image.ts'

/** Boxes of an image of which no two have the same number: the later ones are left without, which is told. */
export function withoutSameNumbers(
  boxes: readonly LabelledBox[],
  { tell }: Pick<Notes, 'tell'>,
): LabelledBox[] {
  const taken = new Set<number>()
  return boxes.map((box) => {
    const { number, ...rest } = box
    if (number === undefined || !taken.has(number)) {
      if (number !== undefined) taken.add(number)
      return box
    }
    tell(`number ${number}`, 'several boxes have this number; only the first keeps it')
    return rest
  })
}
