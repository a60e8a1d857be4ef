/** The folder of the copies of fields that the pages show. A file's name is `FIELD-WIDTH.jpg`; when it was last given away is its time of change. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { kept } from '../originals/check-images.ts'

/** A file's name begins with the id of its field. */
const ID_LENGTH = 36
/** Of the limit what is left once it was passed, so that not every new copy looks through the folder. */
const LEFT = 0.9
/** ms after which a file that was never finished is one of a server that ended. */
const ABANDONED = 3_600_000

const namesIn = (folder: string) => readdir(folder).catch(() => [] as string[])
const remove = (folder: string, name: string) => rm(join(folder, name), { force: true })

/** Of many fields at once: the folder is read through only once. */
export async function removeRenditions(folder: string, fieldIds: ReadonlySet<string>): Promise<void> {
  const names = await namesIn(folder)
  const own = names.filter((name) => fieldIds.has(name.slice(0, ID_LENGTH)))
  await Promise.all(own.map((name) => remove(folder, name)))
}

/** Removes the copies of fields that are gone or whose images were removed. */
export async function removeOrphans(folder: string, db: Kysely<Database>): Promise<void> {
  // Before the rows are read: a copy is made only of a field whose row is there.
  const ids = [...new Set((await namesIn(folder)).map((name) => name.slice(0, ID_LENGTH)))]
  const gone = new Set(ids)
  for (const chunk of inChunks(ids)) {
    const rows = await kept(db).select('fields.id').where('fields.id', 'in', chunk).execute()
    for (const { id } of rows) gone.delete(id)
  }
  if (gone.size > 0) await removeRenditions(folder, gone)
}

/** Removes those that nobody has asked for longest, where all together have more than `limit` bytes. Returns the bytes that are left. */
export async function keepWithin(folder: string, limit: number): Promise<number> {
  const files: { name: string; bytes: number; usedAt: number }[] = []
  for (const name of await namesIn(folder)) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (!found) continue
    if (name.endsWith('.jpg')) files.push({ name, bytes: found.size, usedAt: found.mtimeMs })
    else if (found.mtimeMs < Date.now() - ABANDONED) await remove(folder, name)
  }
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes <= limit) return bytes
  for (const file of files.sort((a, b) => a.usedAt - b.usedAt)) {
    await remove(folder, file.name)
    bytes -= file.bytes
    if (bytes <= LEFT * limit) break
  }
  return bytes
}
