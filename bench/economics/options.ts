import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadRecogniser, type Recogniser } from '../../vision/index.ts'

/** One form of the recogniser, by its folder's name. */
export type Option = { name: string; recogniser: Recogniser; megabytes: number }

/** The forms in a folder, `first` first and the others by name. Close their networks. Errors: those of `loadRecogniser`. */
export async function openOptions(dir: string, first: string, threads: number): Promise<Option[]> {
  const names = readdirSync(dir).filter((name) => existsSync(join(dir, name, 'recogniser.json')))
  if (!names.includes(first)) {
    throw new Error(
      `${dir} has no ${first}; write the options with \`python -m marrowscope_training economics\`.`,
    )
  }
  const others = names
    .filter((name) => name !== first)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const options: Option[] = []
  for (const name of [first, ...others]) {
    const recogniser = await loadRecogniser(join(dir, name), { threads })
    const bytes = statSync(join(dir, name, recogniser.card.file)).size
    options.push({ name, recogniser, megabytes: bytes / 1e6 })
  }
  return options
}
