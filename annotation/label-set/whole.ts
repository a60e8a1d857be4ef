import { type LabelProblem, problemsOf } from '../label-problems.ts'
import type { LabelledField } from '../labelled-image.ts'
import type { InspectedSet } from './format.ts'

/** A field as it was read from one place of a set. */
export interface ReadField {
  field: LabelledField
  labelFile: string
  /** Whether its image was found without a guess. */
  sure: boolean
  /** Whether all of its cells could be read. */
  whole: boolean
}

/** What one file of a set holds. */
export interface ReadFile {
  fields: ReadField[]
  problems: LabelProblem[]
}

/** Reads files one after the other, and joins what they hold. */
export async function readEach<File>(
  files: readonly File[],
  read: (file: File) => Promise<ReadFile>,
): Promise<ReadFile> {
  const all: ReadFile = { fields: [], problems: [] }
  for (const file of files) {
    const { fields, problems } = await read(file)
    all.fields.push(...fields)
    all.problems.push(...problems)
  }
  return all
}

/**
 * The set that the fields make. Left out, and noted, are those of which a cell could not be read, and those whose image was
 * guessed while other labels name the same.
 */
export function wholeSet(read: readonly ReadField[], problems: readonly LabelProblem[]): InspectedSet {
  const set: InspectedSet = { value: [], incomplete: [], problems: [...problems] }
  const sameImage = Map.groupBy(read, ({ field }) => field.file)
  for (const { field, labelFile, sure, whole } of read) {
    const { problems: left, note } = problemsOf(labelFile)
    if (!sure && sameImage.get(field.file)!.length > 1) {
      note('image', `other labels name ${field.file}, too, so these are left out`)
    } else if (!whole) {
      note('image', `${field.file} is left out, for what could not be read would be taught as background`)
      set.incomplete.push(field)
    } else set.value.push(field)
    set.problems.push(...left)
  }
  return set
}
