import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface Size {
  files: number
  bytes: number
}

/** Files asked about at a time; others use the disk too. */
const AT_ONCE = 32

/**
 * The files under a folder that `counts`, and the sum of their sizes; none where there is no such folder. Files that go
 * meanwhile are left out.
 */
export async function folderSize(folder: string, counts = (_file: string) => true): Promise<Size> {
  const size: Size = { files: 0, bytes: 0 }
  let some: string[] = []
  const count = async () => {
    for (const found of await Promise.all(some.map(sizeOf))) {
      if (found === null) continue
      size.files += 1
      size.bytes += found
    }
    some = []
  }
  for await (const file of filesUnder(folder)) {
    if (!counts(file)) continue
    some.push(file)
    if (some.length === AT_ONCE) await count()
  }
  await count()
  return size
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(missing)
  if (!entries) return
  for await (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path)
    else if (entry.isFile()) yield path
  }
}

/** Bytes; null where there is no such file. */
export const sizeOf = async (file: string): Promise<number | null> =>
  (await stat(file).catch(missing))?.size ?? null

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
