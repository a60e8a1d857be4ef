/** A whole server over an empty database and folder, with the real networks, for tests of what it answers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { v7 as uuid } from 'uuid'
import { hashPassword } from './accounts/passwords.ts'
import { newSecret, secretHash } from './accounts/secrets.ts'
import { ABSOLUTE, COOKIE } from './accounts/sessions.ts'
import { startAnalysisWorker } from './analyses/worker.ts'
import { createApp } from './app.ts'
import { compareLastHead, keepHeads } from './audit/kept-heads.ts'
import { watchClock } from './clock/watch-clock.ts'
import { readConfig } from './config.ts'
import { TEST_DATABASES } from './database/for-tests.ts'
import { openDatabase } from './database/open.ts'
import { ReadingThreads } from './database/reading-threads.ts'
import { Decoding } from './decoding/decoding.ts'
import { CaseEvents } from './events.ts'
import { ChildInference } from './inference/child.ts'
import { startImageChecks } from './originals/check-images.ts'
import type { Role } from './permissions.ts'
import type { Ports } from './ports.ts'
import { startRetentionWorker } from './privacy/retention-worker.ts'
import { TableQueue } from './queue/table.ts'
import { startExportWorker } from './research/exports.ts'
import { FolderStorage } from './storage/folder.ts'
import { SummaryWorker } from './summaries/worker.ts'

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** `env` as the server reads it, for what a test wants otherwise. */
export async function startTestServer(databaseUrl?: string, env: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-test-site-'))
  const url = databaseUrl ?? (await TEST_DATABASES[0]![1]())
  const config = { ...readConfig({ MARROWSCOPE_SITE: folder, ...env }), databaseUrl: url, logLevel: 'error' }
  const db = await openDatabase(url)
  const ports: Ports = {
    config,
    db,
    reads: new ReadingThreads(url, 1),
    storage: new FolderStorage(join(folder, 'images')),
    queue: new TableQueue(db, { pollMs: 50, sole: true }),
    inference: new ChildInference(config.modelsFolder),
    events: new CaseEvents(),
    decoding: new Decoding(config.limits.decoding),
  }
  const clockWatched = await watchClock(db, (error) => console.error(error))
  await compareLastHead(db, config)
  const app = await createApp(ports)
  const heads = await keepHeads(db, config, (error) => console.error(error))
  startAnalysisWorker(ports)
  startExportWorker(ports)
  await startImageChecks(ports, (error) =>
    app.log.error(error, 'no night is planned in which images are checked'),
  )
  await startRetentionWorker(ports, (error) => app.log.error(error, 'erased or old data wait to be removed'))
  const summaries = new SummaryWorker(db, (error) => app.log.error(error, 'summaries wait'), 100)

  /** Signs in a new person of this role; the function calls the API in that person's name. To sign, a person needs a password. */
  async function as(role: Role, password?: string) {
    const id = uuid()
    const secret = newSecret()
    const now = Date.now()
    const password_hash = password === undefined ? '-' : await hashPassword(password)
    const person = { id, email: `${id}@lab.example`, name: `A ${role}`, password_hash, role }
    await db
      .insertInto('users')
      .values({ ...person, locale: 'en', disabled: 0, version: 1, created_at: now })
      .execute()
    await db
      .insertInto('sessions')
      .values({
        id: uuid(),
        token_hash: secretHash(secret),
        user_id: id,
        ip: '127.0.0.1',
        user_agent: 'test',
        created_at: now,
        last_seen_at: now,
        expires_at: now + ABSOLUTE,
      })
      .execute()
    const call = (method: NonNullable<InjectOptions['method']>, url: string, body?: object) =>
      app.inject({
        method,
        url: `/api${url}`,
        cookies: { [COOKIE]: secret },
        ...(body === undefined ? {} : { payload: body }),
      })
    /** What whoever signs the case has to accept. */
    const accepting = async (caseId: string): Promise<string[]> => {
      const checks: { key?: string; code: string }[] = (await call('GET', `/cases/${caseId}/checks`)).json()
      return checks.map(({ key, code }) => key ?? code)
    }
    return Object.assign(call, { userId: id, cookie: `${COOKIE}=${secret}`, accepting })
  }

  /** Ends it and leaves its folder. */
  async function stop(): Promise<void> {
    clockWatched()
    await ports.queue.close()
    await summaries.close()
    await app.close()
    await heads.close()
    await ports.inference.close()
    await ports.reads.close()
    await db.destroy()
  }
  async function close(): Promise<void> {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }

  return { app, ports, as, heads, stop, close }
}
