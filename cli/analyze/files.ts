import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { MarrowscopeError } from '../../cytology/index.ts'
import { FORMATS_READ, isNamedLikePicture, kindOfFile } from '../../vision/index.ts'

const natural = new Intl.Collator('en', { numeric: true })

/** The files to analyse, and the folders that gave none. */
export type Inputs = { files: string[]; failures: MarrowscopeError[] }

/**
 * Replaces each folder by the images in it and below, by name or content, in natural order (field-2 before field-10); hidden ones
 * and the folder `except` are passed over. Files are taken as they are, whatever their name. A file that comes up twice is taken once.
 *
 * Failures: NO_IMAGES_FOUND, FOLDER_NOT_READABLE.
 */
export async function findImages(paths: readonly string[], except: string): Promise<Inputs> {
  const files = new Map<string, string>()
  const failures: MarrowscopeError[] = []
  for (const path of paths) {
    if (!(await isFolder(path))) {
      files.set(resolve(path), path)
      continue
    }
    try {
      const images = await imagesIn(path, resolve(except))
      if (images.length === 0) throw noImages(path)
      for (const image of images) files.set(resolve(image), image)
    } catch (error) {
      failures.push(error instanceof MarrowscopeError ? error : notReadable(path, error))
    }
  }
  return { files: [...files.values()], failures }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function imagesIn(folder: string, except: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .filter((path) => !resolve(path).startsWith(except + sep))
    .sort(natural.compare)
  const images: string[] = []
  for (const path of paths) if (await looksLikeImage(path)) images.push(path)
  return images
}

/** Endings of notes and tables beside the images, which are not opened. */
const TEXTS = /\.(txt|csv|tsv|md|json|xml|ya?ml|html?|log|ini|docx?|xlsx?|zip)$/i

/** By its name or, where that says nothing, by its content. */
async function looksLikeImage(path: string): Promise<boolean> {
  if (TEXTS.test(path)) return false
  return isNamedLikePicture(path) || (await kindOfFile(path).catch(() => undefined)) !== undefined
}

function noImages(folder: string): MarrowscopeError {
  const message = `There is no ${FORMATS_READ} image in ${folder}; give the folder that holds the fields.`
  return new MarrowscopeError('NO_IMAGES_FOUND', message, { file: folder })
}

function notReadable(folder: string, cause: unknown): MarrowscopeError {
  const message = `The folder ${folder} cannot be read; check that you may open it and what is in it.`
  return new MarrowscopeError('FOLDER_NOT_READABLE', message, { file: folder, cause })
}
