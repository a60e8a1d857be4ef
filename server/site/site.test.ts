/** A site is saved while it works, restored elsewhere and moved between the databases: all of it arrives, or nothing is done. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyChain } from '../audit/verify.ts'
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { contentsOf, copyTables, differing } from '../database/copy.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { MIGRATIONS, openDatabase } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { fillSite } from '../statistics/fill-for-tests.ts'
import { refreshDue } from '../summaries/refresh.ts'
import { backup } from './backup.ts'
import { folderOf, moveDatabase } from './move.ts'
import { restore } from './restore.ts'
import { keysIn, keysNamedBy } from './stored-files.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'marrowscope-place-'))

/** What is in a database, without what the program itself notes there of being saved or restored. */
async function held(db: AnyDatabase) {
  const contents = await contentsOf(db)
  for (const table of ['audit', 'audit_outbox', 'audit_chain']) delete contents[table]
  return contents
}

describe.each(TEST_DATABASES)('a site on %s', (name, empty) => {
  let server: TestServer
  let url: string
  let config: Config
  beforeAll(async () => {
    url = await empty()
    server = await startTestServer(url)
    config = server.ports.config
    const { db, storage } = server.ports
    await fillSite(db, { cases: 30, cellsPerCase: 40 })
    const doctor = await server.as('doctor')
    for (let i = 0; i < 5; i++) {
      await doctor('POST', '/cases', { marrowNumber: `B-${i}`, patient: patient(`刘备 ${i}`) })
    }
    for (const key of [...(await keysNamedBy(db as unknown as AnyDatabase))].slice(1)) {
      const file = join(newFolder(), 'image')
      writeFileSync(file, `image ${key}`)
      await storage.put(key, file)
    }
    while ((await refreshDue(db)) > 0);
  })
  afterAll(() => server.close())

  const patient = (given: string) => ({ hospitalNumber: '', name: given, sex: 'unknown', birthDate: null })
  const place = (databaseUrl: string): Config => ({ ...config, dataFolder: newFolder(), databaseUrl })

  test.each(TEST_DATABASES)('is saved while it works and restored on %s', async (_, emptyTarget) => {
    const out = join(newFolder(), 'backup')
    const doctor = await server.as('doctor')
    let stop = false
    let made = 0
    const work = (async () => {
      for (; !stop; made++) {
        const marrowNumber = `W-${name}-${out.slice(-16, -7)}-${made}`
        await doctor('POST', '/cases', { marrowNumber, patient: patient('Someone at work') })
      }
    })()
    const manifest = await backup(config, out).finally(() => (stop = true))
    await work
    expect(made).toBeGreaterThan(0)
    // The first field has no image, which the backup says and does not die of.
    expect(manifest.missing).toHaveLength(1)
    expect(Object.keys(manifest.files)).toHaveLength(29)

    const target = place(await emptyTarget())
    await restore(target, out)
    const restored = connectDatabase(target.databaseUrl) as AnyDatabase
    const now = await held(restored)
    expect(now).toEqual(Object.fromEntries(Object.keys(now).map((table) => [table, manifest.tables[table]])))
    expect(now.cells!.rows).toBe(1200)
    for (const key of await keysIn(join(target.dataFolder, 'images'))) {
      expect(await readFile(join(target.dataFolder, 'images', key), 'utf8')).toBe(`image ${key}`)
    }
    expect(await verifyChain(connectDatabase(target.databaseUrl))).toMatchObject({ broken: null })
    await restored.destroy()
  })

  test('tells its audit that it was saved', async () => {
    const administrator = await server.as('administrator')
    await expect
      .poll(async () => {
        const { items } = (await administrator('GET', '/audit?event=site.backup')).json()
        return items.length
      })
      .toBeGreaterThan(0)
  })

  test('is not saved over something, and a folder that is no backup is not restored', async () => {
    const out = newFolder()
    await expect(backup(config, out)).rejects.toThrow('exists already')
    await expect(restore(place(await empty()), out)).rejects.toThrow('is no backup')
    const nowhere = place(pathToFileURL(join(newFolder(), 'none.db')).href)
    await expect(backup(nowhere, join(out, 'b'))).rejects.toThrow('There is no database')
    expect(existsSync(join(out, 'b.unfinished'))).toBe(false)
  })

  test('a backup that was damaged, or a place that is not empty, changes nothing', async () => {
    const out = join(newFolder(), 'backup')
    const { files } = await backup(config, out)
    await expect(restore({ ...place(await empty()), dataFolder: config.dataFolder }, out)).rejects.toThrow(
      /not empty/,
    )
    await expect(restore(place(url), out)).rejects.toThrow(/not empty/)

    const target = place(await empty())
    const key = Object.keys(files)[3]!
    await writeFile(join(out, 'files', key), 'another image')
    await expect(restore(target, out)).rejects.toThrow(`files/${key} is not as it was saved`)
    await writeFile(join(out, 'files', key), `image ${key}`)
    const saved = connectDatabase(pathToFileURL(join(out, 'marrowscope.db')).href)
    await saved.updateTable('patients').set({ name: '曹操' }).where('name', 'like', '刘备%').execute()
    await saved.destroy()
    await expect(restore(target, out)).rejects.toThrow('damaged: patients in marrowscope.db')
    expect(await keysIn(join(target.dataFolder, 'images'))).toEqual([])
  })

  test.each(TEST_DATABASES)('is moved to %s and back', async (_, emptyTarget) => {
    // The server works no longer: a copy stands in for it, so that the other tests keep theirs.
    const from = await empty()
    const [source, live] = [(await openDatabase(from)) as AnyDatabase, connectDatabase(url) as AnyDatabase]
    await copyTables(live, source)
    await live.destroy()
    const to = await emptyTarget()
    const moved = await moveDatabase(newFolder(), from, to)
    expect(moved.cells!.rows).toBe(1200)
    const target = connectDatabase(to) as AnyDatabase
    expect(differing(await held(source), await held(target))).toEqual([])
    const back = await empty()
    await moveDatabase(newFolder(), to, back)
    const again = connectDatabase(back) as AnyDatabase
    expect(differing(await held(source), await held(again))).toEqual([])
    await expect(moveDatabase(newFolder(), from, to)).rejects.toThrow('The target is not empty')
    for (const db of [source, target, again]) await db.destroy()
  })
})

test('a server that works in the folder keeps the database where it is', async () => {
  const server = await startTestServer()
  const { databaseUrl, dataFolder } = server.ports.config
  const { lockFolder } = await import('../lock-folder.ts')
  const free = lockFolder(folderOf(databaseUrl, dataFolder))
  const to = await TEST_DATABASES[0]![1]()
  await expect(moveDatabase(folderOf(databaseUrl, dataFolder), databaseUrl, to)).rejects.toThrow(
    'Another Marrowscope works in',
  )
  free()
  await server.close()
})

test('a backup of an earlier version is brought up to date on the way, one of a later version is refused', async () => {
  const url = await TEST_DATABASES[0]![1]()
  const old = connectDatabase(url)
  const provider = { getMigrations: async () => MIGRATIONS }
  await new Migrator({ db: old, provider }).migrateTo('0004-patients')
  await old
    .insertInto('patients')
    .values({
      ...{ id: 'p-1', hospital_number: 'H-1', name: '关羽', sex: 'male', birth_date: null },
      ...{ version: 1, created_at: 1, pinyin: 'guanyu', initials: 'gy', archived: 0, merged_into: null },
    })
    .execute()
  await old.destroy()
  const place = async () =>
    ({ dataFolder: newFolder(), databaseUrl: await TEST_DATABASES[0]![1]() }) as Config
  const out = join(newFolder(), 'backup')
  await backup({ dataFolder: newFolder(), databaseUrl: url } as Config, out)
  const target = await place()
  await restore(target, out)
  const db = connectDatabase(target.databaseUrl)
  expect(await db.selectFrom('patients').select('name').execute()).toEqual([{ name: '关羽' }])
  expect(await db.selectFrom('case_summaries').selectAll().execute()).toEqual([])
  await db.destroy()

  const manifest = join(out, 'manifest.json')
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('0004-patients', '9999-later'))
  await expect(restore(await place(), out)).rejects.toThrow('of a later version')
  await rm(out, { recursive: true })
})
