/** How much the site keeps. */
import { join, sep } from 'node:path'
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../database/schema.ts'
import { kept } from '../originals/check-images.ts'
import { folderSize } from '../storage/folder-size.ts'

/** ms for which what was measured is good enough. */
const KEPT = 10 * 60_000

interface Measured {
  bytes: number
  /** When it was begun, ms. */
  at: number
}
interface Meter {
  last?: Measured
  work?: Promise<Measured>
}
const meters = new WeakMap<Config, Meter>()

/**
 * The data folder's files, without unfinished uploads. It takes as long as looking at each, so that once it was done the last outcome
 * is given while it is measured anew.
 */
export async function siteSize(config: Config): Promise<Measured> {
  const meter = meters.get(config) ?? {}
  meters.set(config, meter)
  if (!meter.last || meter.last.at < Date.now() - KEPT) {
    meter.work ??= measure(config)
      .then((found) => {
        meter.last = found
        return found
      })
      .finally(() => delete meter.work)
    if (!meter.last) return meter.work
    // Where it fails it is begun again by whoever asks next.
    meter.work.catch(() => {})
  }
  return meter.last
}

async function measure({ dataFolder }: Config): Promise<Measured> {
  const at = Date.now()
  const uploads = join(dataFolder, 'uploads') + sep
  const { bytes } = await folderSize(dataFolder, (file) => !file.startsWith(uploads))
  return { bytes, at }
}

/** Bytes of the images that a person has uploaded and that are still there. */
export async function storedBy(db: Kysely<Database>, userId: string): Promise<number> {
  const { bytes } = await kept(db)
    .select((e) => e.fn.sum('bytes').as('bytes'))
    .where('uploaded_by', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(bytes ?? 0)
}

/** Those who have stored at least so many bytes, the most first. */
export async function whoStored(
  db: Kysely<Database>,
  least: number,
): Promise<{ name: string; bytes: number }[]> {
  const rows = await kept(db)
    .innerJoin('users', 'users.id', 'uploaded_by')
    .select((e) => ['users.name', e.fn.sum('bytes').as('bytes')])
    .groupBy(['users.id', 'users.name'])
    .having((e) => e(e.fn.sum('bytes'), '>=', least))
    .execute()
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) })).sort((a, b) => b.bytes - a.bytes)
}
