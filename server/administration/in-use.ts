import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cards, readCards } from '../../vision/index.ts'

export type InUse = { [Task in keyof Cards]: { card: Cards[Task]; bytes: number } }

/** The networks of a folder by their cards, with the bytes of their files. Errors: as of vision's `readCards`; that a file is missing. */
export async function readInUse(folder: string): Promise<InUse> {
  const { detector, recogniser } = await readCards(folder)
  const bytes = async (file: string) => (await stat(join(folder, file))).size
  return {
    detector: { card: detector, bytes: await bytes(detector.file) },
    recogniser: { card: recogniser, bytes: await bytes(recogniser.file) },
  }
}

/** As the summaries of cases name a network. */
export const nameOf = ({ name, version }: { name: string; version: string }): string =>
  `${name} ${version}`.slice(0, 190)
