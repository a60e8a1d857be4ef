import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

const LOCK = 'server.lock'

/**
 * Keeps a second server off the data folder. SQLite's lock of an empty database is the operating system's: it ends with
 * the process, however that ends. Returns the function that gives the folder free.
 * Errors: one sentence when another server has it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const lock = new SQLite(join(folder, LOCK), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new Error(
      `Another Marrowscope works in ${folder}; stop it, or set MARROWSCOPE_SITE to another folder.`,
    )
  }
  return () => lock.close()
}

/** Tells this very folder from its copies and from folders of the same name elsewhere; once it was locked. */
export function folderId(folder: string): string {
  const { ino, birthtimeMs } = statSync(join(folder, LOCK))
  return `${ino}-${birthtimeMs}`
}
