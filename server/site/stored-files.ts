import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { AnyDatabase } from '../database/tables.ts'
import { describeFile } from '../hashing/describe-file.ts'
import { flush } from '../storage/flush.ts'
import type { StoredFile } from './manifest.ts'

/** The keys of all files under `folder`; none where there is no such folder. Unfinished copies are left out. */
export async function keysIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.unfinished'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** The keys that the database names, in whatever table has them. */
export async function keysNamedBy(db: AnyDatabase): Promise<Set<string>> {
  const keys = new Set<string>()
  for (const table of await db.introspection.getTables()) {
    if (!table.columns.some(({ name }) => name === 'storage_key')) continue
    const rows = await db.selectFrom(table.name).select('storage_key').execute()
    for (const { storage_key } of rows) if (storage_key) keys.add(storage_key)
  }
  return keys
}

/** Copies a file and describes the copy; undefined where it is gone meanwhile. The disk's own cheap copies are used where it has them. */
export async function copyStored(from: string, to: string, key: string): Promise<StoredFile | undefined> {
  const target = join(to, key)
  await mkdir(dirname(target), { recursive: true })
  try {
    await copyFile(join(from, key), target, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  // A copy has its source's rights.
  await chmod(target, 0o600)
  await flush(target)
  return describeFile(target)
}
