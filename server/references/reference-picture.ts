import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ports } from '../ports.ts'

/** µm across, as the recogniser sees a cell. */
export const UM = 22
/** Pixels. */
export const SIDE = 192

export const keyOf = (id: string) => `references/${id}`

/** Stores a picture of a reference cell: pixels alone, nothing of where they came from. */
export async function storePicture(
  { config, storage }: Pick<Ports, 'config' | 'storage'>,
  id: string,
  webp: Uint8Array,
): Promise<void> {
  await mkdir(config.dataFolder, { recursive: true })
  const folder = await mkdtemp(join(config.dataFolder, 'reference-'))
  try {
    const file = join(folder, 'picture.webp')
    await writeFile(file, webp)
    await storage.put(keyOf(id), file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
