import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { FieldFailure } from '../../vision/index.ts'

/**
 * The files that hold the same bytes as an earlier one of the list, each as a failure that says so: their cells would be
 * counted twice. A file that cannot be read is left to whoever analyses it.
 */
export async function findDuplicates(files: readonly string[]): Promise<Map<string, FieldFailure>> {
  const sizes = new Map<number, string[]>()
  for (const file of files) {
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() && found.size > 0) sizes.set(found.size, [...(sizes.get(found.size) ?? []), file])
  }
  const duplicates = new Map<string, FieldFailure>()
  for (const alike of sizes.values()) {
    if (alike.length === 1) continue
    const first = new Map<string, string>()
    for (const file of alike) {
      const hash = await sha256Of(file).catch(() => undefined)
      if (hash === undefined) continue
      const earlier = first.get(hash)
      if (earlier === undefined) first.set(hash, file)
      else
        duplicates.set(file, {
          file,
          code: 'DUPLICATE',
          message: `${file} holds the same bytes as ${earlier}; it was left out, so that no cell is counted twice.`,
        })
    }
  }
  return duplicates
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
