/** What health says while everything is well, and after a part was really broken. */
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import type { ChildInference } from '../inference/child.ts'
import { recordBackup } from '../site/last-backup.ts'
import { healthOf } from './health.ts'
import { connectionPart } from './machine-parts.ts'
import type { Part } from './part.ts'
import { startSite } from './site-for-tests.ts'
import { measureStorage } from './storage-used.ts'
import { FULL, judgeRoom, LOW } from './store-part.ts'

const MODELS = resolve(import.meta.dirname, '../../models')
const DAY = 86_400_000

describe.each(TEST_DATABASES)('health on %s', (kind, empty) => {
  let site: Awaited<ReturnType<typeof startSite>>
  afterEach(() => site.close())
  const images = () => join(site.ports.config.dataFolder, 'images')
  const open = async (url?: string, env?: NodeJS.ProcessEnv) => {
    site = await startSite(url ?? (await empty()), env)
  }
  /** What a balancer is told, from when the route has forgotten what it saw a moment ago. */
  const balancer = () => expect.poll(asBalancer, { timeout: 20_000 })
  const asBalancer = async () => {
    const { statusCode, body } = await site.app.inject({ method: 'GET', url: '/api/health' })
    return { status: statusCode, code: JSON.parse(body).code }
  }

  test('of a new site: all is well but for what was never done', async () => {
    await open()
    const { parts } = await site.get('/administration/health')
    const codes = Object.fromEntries(parts.map(({ part, code }: Part) => [part, code]))
    expect(codes).toMatchObject({
      database: 'DATABASE_OK',
      networks: 'NETWORKS_IDLE',
      queue: 'QUEUE_OK',
      audit: 'AUDIT_UNVERIFIED',
      backup: 'BACKUP_NEVER',
      clock: 'CLOCK_OK',
      connection: 'CONNECTION_LOCAL',
    })
    expect(codes.store).toMatch(/^STORE_(OK|LOW|FULL)$/)
    const { values } = parts.find(({ part }: Part) => part === 'database')
    expect(values.kind).toMatch(kind === 'SQLite' ? /SQLite/ : /MariaDB|MySQL/)
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(site.ports.db)
    expect(values.schema).toBe(
      rows
        .map(({ name }) => name)
        .sort()
        .at(-1),
    )
    expect(values.latest).toBe(values.schema)
    await balancer().toEqual({ status: 200, code: undefined })
  })

  test('a folder of images that cannot be written', async () => {
    await open()
    rmSync(images(), { recursive: true, force: true })
    writeFileSync(images(), 'a file where the folder was')
    expect(await site.part('store')).toMatchObject({ state: 'broken', code: 'STORE_AWAY' })
    await balancer().toEqual({ status: 503, code: 'STORE_UNAVAILABLE' })
    rmSync(images())
    expect((await site.part('store')).code).not.toBe('STORE_AWAY')
    await balancer().toMatchObject({ status: 200 })
  })

  test('a folder of images that was lost, though a new one can be written', async () => {
    await open()
    const { id } = await site.newCase()
    for (let seed = 1; seed <= 4; seed++) await site.takeIn(id, seed)
    expect((await site.part('store')).code).toMatch(/^STORE_(OK|LOW|FULL)$/)
    renameSync(images(), `${images()}.elsewhere`)
    expect(await site.part('store')).toMatchObject({ code: 'STORE_LACKS', values: { looked: 4, lost: 4 } })
    rmSync(images(), { recursive: true, force: true })
    renameSync(`${images()}.elsewhere`, images())
    expect((await site.part('store')).code).not.toBe('STORE_LACKS')
  })

  test('images that retention removed are not missed', async () => {
    await open()
    const [old, recent] = [await site.newCase(), await site.newCase()]
    for (let seed = 1; seed <= 3; seed++) await site.takeIn(old.id, seed)
    await site.takeIn(recent.id, 4)
    const { db, storage } = site.ports
    const fields = db.selectFrom('fields').select('storage_key').where('case_id', '=', old.id)
    for (const { storage_key } of await fields.execute()) await storage.remove(storage_key)
    expect(await site.part('store')).toMatchObject({ code: 'STORE_LACKS', values: { looked: 4, lost: 3 } })
    await db.updateTable('cases').set({ images_removed_at: 1 }).where('id', '=', old.id).execute()
    expect((await site.part('store')).code).toMatch(/^STORE_(OK|LOW|FULL)$/)
    expect((await measureStorage(site.ports)).originals.files).toBe(1)
  })

  test('networks that die, and networks whose files are gone', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'models-')), 'models')
    cpSync(MODELS, folder, { recursive: true })
    await open(undefined, { MARROWSCOPE_MODELS: folder })
    const { inference } = site.ports
    await inference.models()
    expect(await site.part('networks')).toMatchObject({
      state: 'ok',
      code: 'NETWORKS_OK',
      values: { ends: 0 },
    })
    const pid = () => (inference as unknown as { pid: number }).pid
    for (let end = 1; end <= 3; end++) {
      const asked = inference.models()
      process.kill(pid(), 'SIGKILL')
      await asked.catch(() => {})
      await expect.poll(() => inference.state().ends.length).toBe(end)
      if (end === 1) {
        expect(await site.part('networks')).toMatchObject({ code: 'NETWORKS_FAILED', values: { ends: 1 } })
        await inference.models()
        expect((await site.part('networks')).code).toBe('NETWORKS_OK')
      }
    }
    expect(await site.part('networks')).toMatchObject({ state: 'attention', code: 'NETWORKS_RESTART' })
    rmSync(join(folder, 'recogniser.onnx'))
    expect(await site.part('networks')).toMatchObject({ state: 'broken', code: 'NETWORKS_MISSING' })
  })

  test('networks that are stopped, and go on', async () => {
    await open()
    const inference = site.ports.inference as ChildInference
    await inference.models()
    await expect.poll(() => inference.state().silent).toBe(0)
    process.kill(inference.pid!, 'SIGSTOP')
    const code = async () => (await site.part('networks')).code
    await expect.poll(code).toBe('NETWORKS_STUCK')
    expect((await site.part('networks')).values.silentMs).toBeGreaterThanOrEqual(5000)
    process.kill(inference.pid!, 'SIGCONT')
    await expect.poll(code).toBe('NETWORKS_OK')
  })

  test('the audit: verified, then changed behind the server’s back', async () => {
    await open()
    const verify = async () => {
      await site.administrator('POST', '/audit/chain/verification')
      await expect.poll(async () => (await site.get('/audit/chain')).running, { timeout: 30_000 }).toBe(null)
    }
    await verify()
    const well = await site.part('audit')
    expect(well.code).toBe('AUDIT_OK')
    const { rows } = await site.get('/audit/chain')
    expect(Number(well.values.rows)).toBeLessThanOrEqual(rows)
    const { db } = site.ports
    const old = Date.now() - 40 * DAY
    await db.updateTable('audit_chain').set({ at: old }).where('name', '=', 'verified').execute()
    expect(await site.part('audit')).toMatchObject({ code: 'AUDIT_OLD', values: { verifiedAt: old } })
    await sql`drop trigger audit_no_update`.execute(db)
    await sql`update audit set event = 'case.read' where number = 1`.execute(db)
    await verify()
    expect(await site.part('audit')).toMatchObject({ code: 'AUDIT_BROKEN', values: { brokenRow: 1 } })
  })

  test('the backup: the newest finished one, and how old it is', async () => {
    await open()
    const backup = { at: Date.now() - 1000, folder: '/safe/today', rows: 5, files: 2, bytes: 1234 }
    await recordBackup(site.ports.db, { ...backup, at: Date.now() - 5 * DAY })
    expect(await site.part('backup')).toMatchObject({ state: 'attention', code: 'BACKUP_OLD' })
    await recordBackup(site.ports.db, backup)
    const { folder, rows, files } = backup
    const values = { backupAt: backup.at, folder, rows, files, sizeBytes: 1234 }
    expect(await site.part('backup')).toMatchObject({ code: 'BACKUP_OK', values })
    await site.app.journal.settle()
    const kept = await site.ports.db
      .selectFrom('audit')
      .select('event')
      .where('event', '=', 'site.backup')
      .execute()
    expect(kept).toHaveLength(2)
  })

  test('a clock that was set back', async () => {
    await open()
    await site.app.journal.settle()
    const { db } = site.ports
    await sql`drop trigger audit_no_update`.execute(db)
    await sql`update audit set at = ${Date.now() + DAY}`.execute(db)
    // Without a row yet nothing can be said.
    const row = await db.selectFrom('audit').select('at').executeTakeFirst()
    if (!row) await site.administrator('GET', '/users')
    await sql`update audit set at = ${Date.now() + DAY}`.execute(db)
    expect((await site.part('clock')).code).toBe('CLOCK_BACK')
  })

  test('a database that is gone', async () => {
    if (kind === 'SQLite') {
      await open()
      rmSync(fileURLToPath(site.ports.config.databaseUrl))
      expect(await site.part('database')).toMatchObject({ state: 'broken', code: 'DATABASE_GONE' })
      await balancer().toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' })
      return
    }
    const real = new URL(await empty())
    const line = await openLine(real)
    await open(line.url)
    expect(await site.part('database')).toMatchObject({ code: 'DATABASE_OK' })
    await line.cut()
    await balancer().toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' })
    const parts = await healthOf(site.ports, site.app.journal)
    const codes = Object.fromEntries(parts.map(({ part, code }) => [part, code]))
    expect(codes).toMatchObject({ database: 'DATABASE_AWAY', queue: 'NOT_KNOWN', networks: 'NETWORKS_IDLE' })
    // Nobody can be known while it is away; the page is told why.
    const answer = await site.administrator('GET', '/administration/health')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'DATABASE_UNAVAILABLE'])
    await line.mend()
    expect(await site.part('database')).toMatchObject({ code: 'DATABASE_OK' })
    await balancer().toMatchObject({ status: 200 })
  })
})

/** A line to the database server that can be cut, as when that server is killed: connections end, new ones are refused. */
async function openLine(real: URL) {
  const sockets = new Set<Socket>()
  let server = createServer()
  const listen = async (port: number) => {
    server = createServer((near) => {
      const far = connect(Number(real.port), real.hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy()).on('close', () => other.destroy())
        one.pipe(other)
      }
    })
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((done) => server.close(() => done()))
  }
  onTestFinished(() => void cut())
  const url = new URL(real)
  url.host = `127.0.0.1:${port}`
  return { url: url.href, cut, mend: () => listen(port) }
}

test('room is judged by what is free', () => {
  const of = (free: number) => judgeRoom({ free, total: 1e12 })
  expect([of(LOW), of(LOW - 1), of(FULL), of(FULL - 1)]).toEqual([
    'STORE_OK',
    'STORE_LOW',
    'STORE_LOW',
    'STORE_FULL',
  ])
  expect(judgeRoom(null)).toBe('STORE_OK')
})

test.each([
  ['https://marrow.hospital.example', 'CONNECTION_OK'],
  ['http://localhost:8080', 'CONNECTION_LOCAL'],
  ['http://127.0.0.1:8080', 'CONNECTION_LOCAL'],
  ['http://10.0.0.5:8080', 'CONNECTION_OPEN'],
  ['http://marrow.hospital.example', 'CONNECTION_OPEN'],
])('%s is %s', (origin, code) => {
  expect(connectionPart({ origin }).code).toBe(code)
})
