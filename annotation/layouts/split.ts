import type { Split } from '../labelled-image.ts'

export const SPLITS = ['train', 'val', 'test'] as const satisfies readonly Split[]

const WORDS = new Map<string, Split>(
  Object.entries({
    train: 'train',
    training: 'train',
    val: 'val',
    valid: 'val',
    validation: 'val',
    test: 'test',
    testing: 'test',
  } as const),
)

/** The split that a name tells, e.g. 'instances_val2017' or 'test'; 'latest' tells none. */
export function splitIn(name: string): Split | undefined {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .map((word) => WORDS.get(word))
    .find((split) => split !== undefined)
}
