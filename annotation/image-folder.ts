import { readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { openImage } from '../vision/index.ts'
import { isImage } from './layouts/files.ts'
import { type NameIndex, nameIndex } from './name-index.ts'

/** The images of a folder and those below it, found by the names that labels give them. */
export interface ImageFolder {
  folder: string
  /** Paths within the folder, with '/' between their parts. */
  images: NameIndex<string>
}

/** Looks through a folder; hidden files and folders are passed over. Nothing is found in a folder that is not there. */
export async function openImageFolder(folder: string, { recursive = true } = {}): Promise<ImageFolder> {
  const names = await visibleFiles(folder, recursive)
  const images = names.filter(isImage).map((name) => [name, join(folder, name)] as const)
  return { folder, images: nameIndex(images, resolve(folder)) }
}

/** The files of a folder by their path within it, sorted, without hidden ones and those that an archive of macOS adds. */
export async function visibleFiles(folder: string, recursive = true): Promise<string[]> {
  const names = await readdir(folder, { recursive }).catch(() => [])
  return names
    .map((name) => name.split(sep).join('/'))
    .filter((name) => !/(^|\/)(\.|__MACOSX\/)/.test(name))
    .sort()
}

/** Width and height of an image in pixels; undefined where it cannot be read. */
export async function imageSize(file: string): Promise<{ width: number; height: number } | undefined> {
  return openImage(file).then(
    ({ width, height }) => ({ width, height }),
    () => undefined,
  )
}
