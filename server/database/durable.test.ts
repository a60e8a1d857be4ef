import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { SqliteDialect, sql } from 'kysely'
import { expect, test } from 'vitest'
import { PatientKysely } from './again.ts'
import { connectDatabase } from './connect.ts'
import { DiskSync } from './durable.ts'
import { TEST_DATABASES } from './for-tests.ts'
import type { Database } from './schema.ts'

/** Tells of each sync when it began and ended. */
class Watched extends DiskSync {
  begun = 0
  ended = 0
  protected override async sync(): Promise<void> {
    this.begun++
    await super.sync()
    this.ended++
  }
}

function watched() {
  const path = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'log')
  writeFileSync(path, 'written')
  return new Watched(path)
}

test('whoever asks waits for a sync that began after it was asked, and many share one', async () => {
  const disk = watched()
  const first = disk.settled()
  expect(disk.begun).toBe(1)
  const others = Array.from({ length: 20 }, () => disk.settled())
  await first
  expect(disk.ended).toBe(1)
  await Promise.all(others)
  expect([disk.begun, disk.ended]).toEqual([2, 2])
  await disk.settled()
  expect(disk.ended).toBe(3)
  await disk.close()
})

test('a disk that fails is told to all who wait, and asked again by the next', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'log')
  const disk = new Watched(path)
  const all = await Promise.allSettled([disk.settled(), disk.settled(), disk.settled()])
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  writeFileSync(path, '')
  await disk.settled()
  await disk.close()
})

test('a transaction is done when the disk has it, a statement by itself waits within SQLite', async () => {
  const db = connectDatabase(await TEST_DATABASES[0]![1]())
  const level = async (on: typeof db) =>
    (await sql<{ synchronous: number }>`pragma synchronous`.execute(on)).rows[0]!.synchronous
  const [NORMAL, FULL] = [1, 2]
  expect(await level(db)).toBe(FULL)
  expect(await db.transaction().execute(level)).toBe(NORMAL)
  expect(await level(db)).toBe(FULL)
  await expect(
    db.transaction().execute(async () => {
      throw new Error('given up')
    }),
  ).rejects.toThrow('given up')
  expect(await level(db)).toBe(FULL)
  await db.destroy()
})

test('a transaction fails where the disk does', async () => {
  const dialect = new SqliteDialect({ database: new SQLite(':memory:') })
  const disk = new DiskSync(join(tmpdir(), 'marrowscope-no-such-folder', 'log'))
  const db = new PatientKysely<Database>({ dialect }, () => disk.settled())
  await expect(db.transaction().execute((trx) => sql`select 1`.execute(trx))).rejects.toMatchObject({
    code: 'ENOENT',
  })
  await db.destroy()
})
