import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { MarrowscopeError } from '../cytology/index.ts'
import type { AnalysisResult } from '../vision/index.ts'

/** The folder that an analysis leaves behind. All of it throws OUTPUT_NOT_WRITABLE. */
export type Output = { resultFile: string; overlayFile(number: number, file: string): string }

/** Makes the folder, and one for overlays if wanted. */
export async function openOutput(dir: string, overlays: boolean): Promise<Output> {
  const overlayDir = join(dir, 'overlays')
  await explained(dir, () => mkdir(overlays ? overlayDir : dir, { recursive: true }))
  return {
    resultFile: join(dir, 'result.json'),
    overlayFile: (number, file) =>
      join(overlayDir, `${shortened(`${number}-${basename(file, extname(file))}`)}.png`),
  }
}

/** Most file systems end a name at 255 bytes. */
const LONGEST = 240

/** Cut between two characters. */
function shortened(name: string): string {
  let bytes = 0
  let kept = ''
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > LONGEST) break
    kept += character
  }
  return kept
}

/** The content of result.json. */
export function resultText(result: AnalysisResult): string {
  return `${JSON.stringify(result, null, 1)}\n`
}

/** Writes a file so that it is there whole or, as before, not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  // Not made of the file's name, which may be as long as a name can be.
  const unfinished = join(dirname(path), `.${randomUUID()}.unfinished`)
  await explained(path, async () => {
    try {
      await writeFile(unfinished, content)
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  })
}

async function explained(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    const full = /ENOSPC|EDQUOT/.test((cause as NodeJS.ErrnoException).code ?? '')
    const todo = full ? 'the disk is full, make room' : 'choose another folder with --out'
    throw new MarrowscopeError('OUTPUT_NOT_WRITABLE', `${path} cannot be written: ${todo}.`, {
      file: path,
      cause,
    })
  }
}
