import { open } from 'node:fs/promises'

/** On the disk, not only in memory, before anyone is told that it is stored. A file or a folder. */
export async function flush(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
