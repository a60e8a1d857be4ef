import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const IMAGE = /\.(jpe?g|png|webp|tiff?)$/i

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isFile(),
    () => false,
  )
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  )
}

/** Names of the folders in a folder, sorted; none where it is not there. Hidden ones are left out. */
export async function foldersIn(dir: string): Promise<string[]> {
  const names = await namesIn(dir)
  const folders = await Promise.all(names.map((name) => isFolder(join(dir, name))))
  return names.filter((_, i) => folders[i])
}

/** Names of the files in a folder that `pattern` fits, sorted; none where it is not there. Hidden ones are left out. */
export async function filesIn(dir: string, pattern: RegExp): Promise<string[]> {
  return (await namesIn(dir)).filter((name) => pattern.test(name))
}

export function isImage(name: string): boolean {
  return IMAGE.test(name)
}

export function imagesIn(dir: string): Promise<string[]> {
  return filesIn(dir, IMAGE)
}

async function namesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => [])
  return names.filter((name) => !name.startsWith('.')).sort()
}
