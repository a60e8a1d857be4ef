import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contents } from '../database/copy.ts'

/** Raised when a backup's layout changes. */
export const FORMAT = 1
export const DATABASE = 'marrowscope.db'
export const FILES = 'files'

export interface StoredFile {
  bytes: number
  sha256: string
}

/** `manifest.json`: what a backup holds, so that it can be checked before anything is restored from it. */
export interface Manifest {
  format: number
  /** Of the program that made it. */
  version: string
  /** ISO 8601. */
  madeAt: string
  /** The newest migration of its tables. */
  schema: string
  /** Rows and fingerprint of every table. */
  tables: Contents
  /** Stored files by their keys. */
  files: Record<string, StoredFile>
  /** Files that the database names and the store does not have. */
  missing: string[]
}

/** Errors: one sentence where the folder is no backup, or one of a later layout. */
export async function readManifest(folder: string): Promise<Manifest> {
  let manifest: Manifest
  try {
    manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  } catch {
    throw new Error(
      `${folder} is no backup: it has no readable manifest.json. Give the folder that backup --out named.`,
    )
  }
  if (manifest.format !== FORMAT) {
    throw new Error(
      `The backup was made by Marrowscope ${manifest.version}, whose backups this version does not read; use that version.`,
    )
  }
  return manifest
}
