/** Every figure against the same thing counted another way. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startSite } from './site-for-tests.ts'

const MODELS = resolve(import.meta.dirname, '../../models')

/** Bytes of the files under a folder, as the system's own tools count them. */
function du(folder: string): number {
  const files = execFileSync('find', [folder, '-type', 'f', '-print0'])
  const told = execFileSync('du', ['-b', '--files0-from=-'], { input: files }).toString().trim().split('\n')
  return told.reduce((sum, line) => sum + Number(line.split('\t')[0]), 0)
}

describe.each(TEST_DATABASES)('figures on %s', (kind, empty) => {
  let site: Awaited<ReturnType<typeof startSite>>
  let caseId: string
  let sent = 0
  beforeAll(async () => {
    site = await startSite(await empty())
    const made = await site.newCase()
    caseId = made.id
    for (let seed = 1; seed <= 3; seed++) {
      const field = await site.takeIn(caseId, seed)
      sent += field.bytes
      const image = await site.administrator('GET', `/fields/${field.id}/image?width=${16 * seed}`)
      expect(image.statusCode).toBe(200)
    }
    await site.administrator('POST', `/cases/${caseId}/analyses`, {})
    const ended = async () => (await site.administrator('GET', `/cases/${caseId}/analyses`)).json()[0].status
    await vi.waitFor(async () => expect(await ended()).toBe('done'), { timeout: 90_000, interval: 200 })
    const body = { filter: { synthetic: true }, images: true }
    const begin = async () => (await site.administrator('POST', '/research-exports', body)).statusCode
    await vi.waitFor(async () => expect(await begin()).toBe(200), { timeout: 30_000, interval: 200 })
    const exported = async () => (await site.administrator('GET', '/research-exports')).json()[0].status
    await vi.waitFor(async () => expect(await exported()).toBe('done'), { timeout: 60_000, interval: 200 })
    await site.app.journal.settle()
  })
  afterAll(() => site.close())

  const measured = async () => {
    await site.administrator('POST', '/administration/storage/measurement')
    const answer = async () => site.get('/administration/storage')
    await expect.poll(async () => (await answer()).measuring, { timeout: 30_000 }).toBe(false)
    const { measured: last, error } = await answer()
    expect(error).toBe(null)
    return last
  }
  const data = (name: string) => join(site.ports.config.dataFolder, name)

  test('bytes of the images, exports and renditions, as du counts them', async () => {
    const { originals, exports, renditions, uploads } = await measured()
    expect(originals).toEqual({ files: 3, bytes: sent })
    expect(originals.bytes).toBe(du(data('images/fields')))
    expect(exports).toEqual({ files: 1, bytes: du(data('images/exports')) })
    expect(exports.bytes).toBeGreaterThan(0)
    expect(renditions).toEqual({ files: 3, bytes: du(data('renditions')) })
    expect(uploads).toEqual({ files: 0, bytes: 0 })
  })

  test('the growth of this month is all there is', async () => {
    const { months, originals } = await measured()
    const now = new Date()
    const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`
    expect(months).toEqual([{ month, ...originals }])
    const { db } = site.ports
    const old = new Date(now.getFullYear(), now.getMonth() - 2, 15).getTime()
    const first = await db.selectFrom('fields').select(['id', 'bytes']).executeTakeFirstOrThrow()
    await db.updateTable('fields').set({ created_at: old }).where('id', '=', first.id).execute()
    const later = await measured()
    expect(later.months).toHaveLength(3)
    expect(later.months[0]).toMatchObject({ files: 1, bytes: Number(first.bytes) })
    expect(later.months[1]).toMatchObject({ files: 0, bytes: 0 })
    expect(later.months[2]).toMatchObject({ files: 2, bytes: sent - Number(first.bytes) })
  })

  test('the database: its size, and the rows of its tables', async () => {
    const { database, rows } = await measured()
    if (kind === 'SQLite') {
      const file = fileURLToPath(site.ports.config.databaseUrl)
      expect(database.bytes).toBe(statSync(file).size)
      expect(database.waiting).toBe(statSync(`${file}-wal`).size)
    } else {
      expect(database.bytes).toBeGreaterThan(100_000)
      expect(database.waiting).toBe(null)
    }
    for (const { table, rows: told } of rows) {
      const { rows: real } = await sql`select * from ${sql.table(table)}`.execute(site.ports.db)
      expect([table, told]).toEqual([table, real.length])
    }
    const { cells } = (await site.administrator('GET', `/cases/${caseId}/cells`)).json()
    expect(cells.length).toBeGreaterThan(0)
    expect(rows.find(({ table }: { table: string }) => table === 'cells').rows).toBe(cells.length)
  })

  test('the networks in use, by their files', async () => {
    const summed = () => site.ports.db.selectFrom('case_summaries').selectAll().execute()
    await expect.poll(async () => (await summed()).filter((row) => row.recogniser !== '').length).toBe(1)
    const models = await site.get('/administration/models')
    for (const task of ['detector', 'recogniser']) {
      const file = join(MODELS, `${task}.onnx`)
      const card = JSON.parse(readFileSync(join(MODELS, `${task}.json`), 'utf8'))
      expect(models[task].sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'))
      expect(models[task].bytes).toBe(statSync(file).size)
      expect(models[task].card).toEqual(card)
      const analyses = await site.ports.db.selectFrom('analyses').select('started_at').execute()
      expect(models[task].sinceAt).toBe(Number(analyses[0]!.started_at))
    }
    const { cells } = (await site.administrator('GET', `/cases/${caseId}/cells`)).json()
    expect(models.versions).toMatchObject([{ cases: 1, cells: cells.length, present: true }])
    expect(models.older).toBe(0)
  })

  test('people by role, who is signed in, who was refused', async () => {
    const before = await site.get('/administration/people')
    const doctor = await site.as('doctor')
    const gone = await site.as('technician')
    const { db } = site.ports
    await db.updateTable('users').set({ disabled: 1 }).where('id', '=', gone.userId).execute()
    const idle = await site.as('read_only')
    await db
      .updateTable('sessions')
      .set({ last_seen_at: Date.now() - 13 * 3_600_000 })
      .where('user_id', '=', idle.userId)
      .execute()
    for (const email of ['nobody@lab.example', 'nobody@lab.example'])
      await site.administrator('POST', '/session', { email, password: 'not the password' })
    expect((await doctor('GET', '/me')).statusCode).toBe(200)
    expect((await gone('GET', '/me')).statusCode).toBe(401)
    expect((await idle('GET', '/me')).statusCode).toBe(401)
    const people = await site.get('/administration/people')
    expect(people.roles).toEqual([
      { role: 'administrator', active: 1, disabled: 0 },
      { role: 'doctor', active: 1, disabled: 0 },
      { role: 'technician', active: 0, disabled: 1 },
      { role: 'researcher', active: 0, disabled: 0 },
      { role: 'read_only', active: 1, disabled: 0 },
    ])
    expect(people.sessions).toBe(before.sessions + 1)
    expect(people.peopleSignedIn).toBe(before.peopleSignedIn + 1)
    expect(people.failedSignIns).toBe(before.failedSignIns + 2)
  })

  test('looking is not recorded, measuring is', async () => {
    await site.app.journal.settle()
    const count = async () => (await site.ports.db.selectFrom('audit').select('number').execute()).length
    const before = await count()
    for (const url of ['health', 'storage', 'models', 'people']) await site.get(`/administration/${url}`)
    await site.get('/jobs')
    await site.app.journal.settle()
    expect(await count()).toBe(before)
    await measured()
    await site.app.journal.settle()
    expect(await count()).toBe(before + 1)
  })
})
