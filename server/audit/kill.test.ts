/** The server is killed (-9) in the moment in which it has accepted changes: each has its row all the same. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectDatabase } from '../database/connect.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { verifyChain } from './verify.ts'

const MAIN = resolve(import.meta.dirname, '../main.ts')
const ADMINISTRATOR = { email: 'head@lab.example', password: 'a long enough password' }
const KILLS = 4
const AT_ONCE = 8

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

describe.each(TEST_DATABASES)('on %s', (_, empty) => {
  test('no accepted change lacks its row', async () => {
    const url = await empty()
    const port = await freePort()
    const env = {
      ...process.env,
      DATABASE_URL: url,
      MARROWSCOPE_SITE: mkdtempSync(join(tmpdir(), 'marrowscope-site-')),
      MARROWSCOPE_PORT: String(port),
      MARROWSCOPE_ADMIN_EMAIL: ADMINISTRATOR.email,
      MARROWSCOPE_ADMIN_PASSWORD: ADMINISTRATOR.password,
    }
    let child: ChildProcess
    let cookie = ''
    const call = (path: string, body?: object) =>
      fetch(`http://127.0.0.1:${port}/api${path}`, {
        headers: { 'content-type': 'application/json', cookie },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      })
    const start = async () => {
      child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' })
      const up = async () => (await call('/health').catch(() => undefined))?.ok
      await expect.poll(up, { timeout: 60_000, interval: 100 }).toBe(true)
    }
    onTestFinished(() => void child.kill('SIGKILL'))
    await start()
    const entered = await call('/session', ADMINISTRATOR)
    cookie = entered.headers.get('set-cookie')!.split(';')[0]!

    const accepted: string[] = []
    const patient = { hospitalNumber: '', name: '', sex: 'unknown', birthDate: null }
    for (let kill = 0; kill < KILLS; kill++) {
      const gone = once(child!, 'exit')
      const asked = Array.from({ length: AT_ONCE }, async (_, i) => {
        const answer = await call('/cases', { marrowNumber: `K-${kill}-${i}`, patient })
        // Killed by the first answer; others may be on their way.
        child.kill('SIGKILL')
        if (answer.ok) accepted.push((await answer.json()).id)
      })
      await Promise.allSettled(asked)
      await gone
      await start()
    }

    const db = connectDatabase(url)
    onTestFinished(() => db.destroy())
    await expect.poll(() => db.selectFrom('audit_outbox').select('id').execute()).toEqual([])
    const rows = await db
      .selectFrom('audit')
      .select('subject_id')
      .where('event', '=', 'case.create')
      .execute()
    const recorded = rows.map((row) => row.subject_id)
    const cases = await db.selectFrom('cases').select('id').execute()
    expect(accepted.length).toBeGreaterThanOrEqual(KILLS)
    expect(recorded).toEqual(expect.arrayContaining(accepted))
    // Answered or not: what was changed has one row, what was not has none.
    expect(recorded.toSorted()).toEqual(cases.map(({ id }) => id).toSorted())
    expect((await verifyChain(db)).broken).toBeNull()
  })
})
