/** A database that does not answer, though nothing is closed: a balancer is told within 3 s, and all is well again by itself. */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { HAS_MARIADB, openDatabaseServer } from './database-server.ts'
import { openSite } from './site.ts'

/** s in which a balancer wants an answer. */
const PATIENCE = 3

/** Asks a few times while people work: each is a 503 with a code, in time. Then `thaw`, after which it is well. */
async function expectFrozen(address: string, api: Api, thaw: () => void): Promise<void> {
  // Health remembers for a second what it saw.
  await new Promise((done) => setTimeout(done, 1100))
  const working = Array.from({ length: 4 }, (_, i) => api.newCase(`FROZEN-${i}`).catch(() => undefined))
  for (let ask = 0; ask < 4; ask++) {
    const begun = performance.now()
    const answer = await fetch(`${address}/api/health`)
    expect((performance.now() - begun) / 1000).toBeLessThan(PATIENCE)
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'DATABASE_UNAVAILABLE'])
    await new Promise((done) => setTimeout(done, 700))
  }
  thaw()
  await api.back()
  await Promise.all(working)
  await api.newCase('THAWED-1')
}

describe('health of a site whose database hangs', () => {
  test.skipIf(!HAS_MARIADB)(
    `MariaDB that is stopped${HAS_MARIADB ? '' : ' (skipped: no mariadbd on this machine)'}`,
    async () => {
      const database = await openDatabaseServer()
      onTestFinished(() => database.close())
      const site = await openSite({ ...ADMINISTRATOR_ENV, DATABASE_URL: database.url })
      onTestFinished(() => site.stop('SIGKILL'))
      const api = await new Api(site.address).signIn()
      database.signal('SIGSTOP')
      await expectFrozen(site.address, api, () => database.signal('SIGCONT'))
    },
    120_000,
  )

  test('SQLite that another program has locked', async () => {
    const site = await openSite(ADMINISTRATOR_ENV)
    onTestFinished(() => site.stop('SIGKILL'))
    const api = await new Api(site.address).signIn()
    const other = new SQLite(join(site.folder, 'marrowscope.db'))
    onTestFinished(() => void other.close())
    other.exec('begin exclusive')
    await expectFrozen(site.address, api, () => other.exec('rollback'))
  }, 120_000)
})
