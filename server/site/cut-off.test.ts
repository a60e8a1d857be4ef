/** A restore and a move are killed (-9) in the middle: no server takes what has arrived for a site. */
import { mkdtempSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import type { AnyDatabase } from '../database/tables.ts'
import { startTestServer } from '../for-tests.ts'
import { run, runServer } from '../process-for-tests.ts'
import { fillSite } from '../statistics/fill-for-tests.ts'
import { backup } from './backup.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'marrowscope-place-'))
let config: Config
let saved: string
beforeAll(async () => {
  const server = await startTestServer()
  config = server.ports.config
  await fillSite(server.ports.db, { cases: 60, cellsPerCase: 200 })
  saved = join(newFolder(), 'backup')
  await backup(config, saved)
  await server.stop()
})

/** Kills the command when the target holds some of what it is to hold. */
async function killInTheMiddle(command: ReturnType<typeof run>, url: string): Promise<void> {
  let ended = false
  void command.ended.then(() => (ended = true))
  const db = connectDatabase(url) as AnyDatabase
  const arrived = async () => (await db.selectFrom('cases').select('id').limit(1).execute()).length > 0
  while (!ended && !(await arrived().catch(() => false))) await new Promise((done) => setTimeout(done, 5))
  command.child.kill('SIGKILL')
  expect(await command.ended).toBe('SIGKILL')
  await db.destroy()
}

describe.each(TEST_DATABASES)('into %s', (_, empty) => {
  test('a restore', async () => {
    const place = { DATABASE_URL: await empty(), MARROWSCOPE_SITE: newFolder() }
    await killInTheMiddle(run('site/command.ts', ['restore', saved], place), place.DATABASE_URL)
    const server = await runServer(place)
    expect(await server.ended).toBe(1)
    expect(server.output()).toMatch(/cannot start. The restore .* was cut off .* restore again/)
    // Nor is it saved as if it were a site, or filled a second time.
    const out = join(newFolder(), 'backup')
    for (const args of [
      ['backup', '--out', out],
      ['restore', saved],
    ]) {
      const command = run('site/command.ts', args, place)
      expect(await command.ended).toBe(1)
      expect(command.output()).toContain('was cut off')
    }
    expect(await readdir(join(out, '..'))).toEqual([])

    const again = { DATABASE_URL: await empty(), MARROWSCOPE_SITE: newFolder() }
    const restored = run('site/command.ts', ['restore', saved], again)
    expect(await restored.ended, restored.output()).toBe(0)
    await (await runServer(again)).answers()
  }, 240_000)

  test('a move', async () => {
    const to = await empty()
    // As where nothing is set: the database lies in the site's folder.
    const folder = dirname(fileURLToPath(config.databaseUrl))
    const site = { DATABASE_URL: config.databaseUrl, MARROWSCOPE_SITE: folder }
    await killInTheMiddle(run('site/command.ts', ['move', '--to', to], site), to)
    const half = await runServer({ DATABASE_URL: to, MARROWSCOPE_SITE: newFolder() })
    expect(await half.ended).toBe(1)
    expect(half.output()).toMatch(/cannot start. The move .* was cut off .* which is as it was/)
    // What was copied is a site as before.
    const source = await runServer(site)
    await source.answers()
    source.child.kill('SIGTERM')
    expect(await source.ended).toBe(0)
  }, 240_000)
})
