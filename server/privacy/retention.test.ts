/** What the rules of retention take, and what they leave alone. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyChain } from '../audit/verify.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { listFiles } from './files-to-remove.ts'
import { PASSWORD, plantPatient } from './planted-for-tests.ts'
import { yearsBefore } from './retention-rules.ts'
import { carryOut, nextRun } from './retention-worker.ts'

const GOES_ON = new AbortController().signal

test('a year back is the same day, and of 29 February the day after', () => {
  expect(new Date(yearsBefore(Date.UTC(2024, 1, 29), 1)).toISOString().slice(0, 10)).toBe('2023-03-01')
  expect(new Date(yearsBefore(Date.UTC(2026, 10, 25), 10)).toISOString().slice(0, 10)).toBe('2016-11-25')
})

describe.each(TEST_DATABASES)('retention on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  /** Signed long ago. */
  let old: Awaited<ReturnType<typeof plantPatient>>
  /** Received long ago, never signed. */
  let unsigned: Awaited<ReturnType<typeof insertCase>>
  /** Signed lately. */
  let recent: Awaited<ReturnType<typeof insertCase>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator', PASSWORD)
    const { db } = server.ports
    old = await plantPatient(server)
    unsigned = await insertCase(server.ports, ['blast'])
    recent = await insertCase(server.ports, ['blast'])
    const { version } = (await administrator('GET', `/cases/${recent.caseId}`)).json()
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
    const answer = await administrator('POST', `/cases/${recent.caseId}/sign`, {
      ...{ version, password: PASSWORD, accepted },
    })
    expect(answer.statusCode).toBe(200)
    await setOld('signatures', old.caseId, 4)
    for (const caseId of [old.caseId, unsigned.caseId]) {
      await db.updateTable('cases').set({ received_on: '2010-01-01' }).where('id', '=', caseId).execute()
    }
  })
  afterAll(() => server.close())

  const setOld = (table: 'signatures', caseId: string, years: number) =>
    server.ports.db
      .updateTable(table)
      .set({ at: yearsBefore(Date.now(), years) - 86_400_000 })
      .where('case_id', '=', caseId)
      .execute()
  const rules = async (imagesYears: number | null, patientsYears: number | null) => {
    const { version } = (await administrator('GET', '/retention')).json().rules
    const answer = await administrator('PUT', '/retention', { imagesYears, patientsYears, version })
    expect(answer.statusCode).toBe(200)
  }
  const run = async (signal = GOES_ON, id = uuid()) => {
    await carryOut(server.ports, id, signal)
    return (await administrator('GET', '/retention')).json().runs[0]
  }
  const preview = async (query: string) => (await administrator('GET', `/retention/preview?${query}`)).json()

  test('at first everything is kept for ever, and a night’s work is waiting that does nothing', async () => {
    const { rules: first, nextAt, runs } = (await administrator('GET', '/retention')).json()
    expect(first).toEqual({ imagesYears: null, patientsYears: null, version: 0 })
    expect(runs).toEqual([])
    expect(nextAt).toBeGreaterThan(Date.now())
    expect(new Date(nextAt).getHours()).toBe(3)
    expect(await nextRun(server.ports.db)).toBe(nextAt)
    expect(await run()).toBeUndefined()
    const doctor = await server.as('doctor')
    expect((await doctor('GET', '/retention')).statusCode).toBe(403)
  })

  test('the preview counts what would go today, and touches nothing', async () => {
    expect((await preview('imagesYears=5')).images.cases).toBe(0)
    const { images, patients } = await preview('imagesYears=4&patientsYears=4')
    expect(images).toMatchObject({ cases: 1, fields: 1 })
    expect(patients).toEqual({ patients: 1, cases: 1, kept: 1 })
    expect(existsSync(old.original)).toBe(true)
  })

  test('images go after their years; cells, counts and the report with its pictures stay', async () => {
    const before = await administrator('GET', `/cases/${old.caseId}/report.pdf?lang=en`)
    await rules(4, null)
    expect(await run()).toMatchObject({ status: 'done', cases: 1, patients: 0, error: null })
    expect(existsSync(old.original)).toBe(false)
    const one = (await administrator('GET', `/cases/${old.caseId}`)).json()
    expect(one.imagesRemovedAt).toBeGreaterThan(Date.now() - 60_000)
    for (const url of [`/fields/${old.fieldId}/image?width=128`, `/cells/${old.cellIds[0]}/crop`]) {
      const gone = await administrator('GET', url)
      expect([gone.statusCode, gone.json().code]).toEqual([410, 'IMAGES_REMOVED'])
      expect(gone.json().details.at).toBe(one.imagesRemovedAt)
    }
    expect((await administrator('GET', `/cases/${old.caseId}/cells`)).json().cells).toHaveLength(3)
    const after = await administrator('GET', `/cases/${old.caseId}/report.pdf?lang=en`)
    expect(after.statusCode).toBe(200)
    // The picture is most of it.
    expect(Math.abs(after.rawPayload.length - before.rawPayload.length)).toBeLessThan(400)
    for (const { fieldId } of [unsigned, recent]) {
      expect((await administrator('GET', `/fields/${fieldId}/image?width=128`)).statusCode).toBe(200)
    }
    expect((await preview('imagesYears=4')).images.cases).toBe(0)
    const archive = await administrator('GET', `/patients/${old.patientId}/export`)
    expect([archive.statusCode, archive.rawPayload.includes('report-zh.pdf')]).toEqual([200, true])
  })

  test('never of an unsigned case, however old', async () => {
    await rules(1, 1)
    await server.ports.db
      .updateTable('patients')
      .set({ created_at: 1 })
      .where('id', 'in', (eb) =>
        eb.selectFrom('cases').select('patient_id').where('id', '=', unsigned.caseId),
      )
      .execute()
    expect((await preview('imagesYears=1')).images.cases).toBe(0)
    expect((await preview('patientsYears=1')).patients.kept).toBe(1)
  })

  test('a run that was stopped goes on where it was; then patients are erased, each with its row', async () => {
    const { db } = server.ports
    const stopped = new AbortController()
    stopped.abort(new Error('closing'))
    const id = uuid()
    await expect(carryOut(server.ports, id, stopped.signal)).rejects.toThrow('closing')
    expect(await run(GOES_ON, id)).toMatchObject({ status: 'done', patients: 1, cases: 0 })
    const gone = await administrator('GET', `/patients/${old.patientId}`)
    expect(gone.json().details).toMatchObject({
      by: null,
      reason: expect.stringContaining('retention rule: 1 '),
    })
    expect((await administrator('GET', `/cases/${unsigned.caseId}`)).statusCode).toBe(200)
    expect((await administrator('GET', `/cases/${recent.caseId}`)).json().imagesRemovedAt).toBeNull()
    await expect.poll(async () => (await db.selectFrom('audit_outbox').selectAll().execute()).length).toBe(0)
    const rows = await db
      .selectFrom('audit')
      .select(['event', 'user_id', 'patient_id', 'case_id'])
      .where('event', 'in', ['retention.images', 'patient.erase', 'retention.edit'])
      .orderBy('number')
      .execute()
    expect(rows.map(({ event }) => event)).toEqual([
      'retention.edit',
      'retention.images',
      'retention.edit',
      'patient.erase',
    ])
    expect(rows[1]).toMatchObject({ user_id: null, case_id: old.caseId })
    expect(rows[3]).toMatchObject({ user_id: null, patient_id: old.patientId })
    expect(await verifyChain(db)).toMatchObject({ broken: null })
  })

  test('the queue carries it out when its time has come, and the next night waits', async () => {
    const { db } = server.ports
    await rules(1, null)
    await setOld('signatures', recent.caseId, 2)
    // A file that cannot be removed is told, and stops nothing else.
    const name = 'fields/not-a-file'
    const folder = join(server.ports.config.dataFolder, 'images', name)
    mkdirSync(folder, { recursive: true })
    await listFiles(db, [{ kind: 'stored', name }])
    await db.updateTable('jobs').set({ run_at: 0 }).where('kind', '=', 'retention').execute()
    const last = async () => (await administrator('GET', '/retention')).json()
    await expect.poll(async () => (await last()).runs[0].cases, { timeout: 20_000 }).toBe(1)
    await expect.poll(async () => (await last()).runs[0].status).toBe('failed')
    expect((await last()).runs[0].error).toContain(name)
    rmSync(folder, { recursive: true })
    expect(await run()).toMatchObject({ status: 'done', error: null })
    expect(await db.selectFrom('files_to_remove').selectAll().execute()).toEqual([])
    expect((await last()).nextAt).toBeGreaterThan(Date.now())
  })
})
