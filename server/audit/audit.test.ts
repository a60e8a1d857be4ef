import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDoctor, PASSWORD, visitor } from '../accounts/visitor-for-tests.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { verifyChain } from './verify.ts'

const CONNECTIONS = 32

describe.each(TEST_DATABASES)('the audit on %s', (name, empty) => {
  let server: TestServer
  let url: string
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    url = await empty()
    server = await startTestServer(url)
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  /** What was written since `number`, once nothing waits any more. */
  async function rowsAfter(number: number) {
    const { db } = server.ports
    await expect.poll(() => db.selectFrom('audit_outbox').select('id').execute()).toEqual([])
    return db.selectFrom('audit').selectAll().where('number', '>', number).orderBy('number').execute()
  }
  const last = async () => (await rowsAfter(0)).at(-1)?.number ?? 0

  test('a read names who, from where, the case and its patient, before it is answered', async () => {
    const { caseId, fieldId } = await insertCase(server.ports, ['blast'])
    const { patient_id } = await server.ports.db
      .selectFrom('cases')
      .select('patient_id')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow()
    const from = await last()
    for (const path of ['', '/cells', '/differential?basis=reviewed']) {
      await doctor('GET', `/cases/${caseId}${path}`)
      // Not polled: the row must be there when the answer is.
      const newest = server.ports.db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(1)
      expect(await newest.executeTakeFirst()).toMatchObject({ case_id: caseId, patient_id })
    }
    await doctor('PATCH', `/fields/${fieldId}`, { version: 99, umPerPixel: 0.2 })
    await doctor('GET', '/cases?search=%E5%BC%A0')
    const rows = await rowsAfter(from)
    expect(rows.map((row) => [row.event, row.status, row.detail, row.subject_id])).toEqual([
      ['case.read', 200, '{}', caseId],
      ['cell.list', 200, '{}', caseId],
      ['differential.read', 200, '{"query":{"basis":"reviewed"}}', caseId],
      ['field.change', 409, '{}', fieldId],
      ['case.list', 200, '{"query":{"search":"张"}}', null],
    ])
    for (const row of rows) expect([row.user_id, row.ip]).toEqual([doctor.userId, '127.0.0.1'])
    expect(rows.map((row) => row.patient_id)).toEqual([patient_id, patient_id, patient_id, patient_id, null])
  })

  test('a change is one row with what was and what is', async () => {
    const from = await last()
    const patient = { hospitalNumber: 'A-1', name: '李雷', sex: 'male', birthDate: null }
    const { id } = (await doctor('POST', '/cases', { marrowNumber: 'AUDIT-1', patient })).json()
    await doctor('PATCH', `/cases/${id}`, { version: 1, target: 200, patient: { ...patient, name: '李蕾' } })
    await doctor('PATCH', `/cases/${id}`, { version: 1, target: 300 })
    await doctor('PUT', `/cases/${id}/manual-count`, { version: 0, counts: { blast: 3 } })
    await doctor('PUT', `/cases/${id}/manual-count`, { version: 1, counts: { blast: 4, monocyte: 1 } })
    const all = await rowsAfter(from)
    const ofPatient = all.filter(({ event }) => event.startsWith('patient.'))
    expect(ofPatient.map(({ event, detail }) => [event, JSON.parse(detail).after.name])).toEqual([
      ['patient.create', '李雷'],
      ['patient.change', '李蕾'],
    ])
    const rows = all.filter(({ event }) => !event.startsWith('patient.'))
    expect(rows.map((row) => [row.event, row.status])).toEqual([
      ['case.create', 200],
      ['case.change', 200],
      ['case.change', 409],
      ['manual_count.write', 200],
      ['manual_count.write', 200],
    ])
    expect(JSON.parse(rows[0]!.detail).after).toMatchObject({ marrowNumber: 'AUDIT-1', patient })
    expect(rows.slice(1).map((row) => JSON.parse(row.detail))).toEqual([
      {
        before: { target: 500, patient: { name: '李雷' } },
        after: { target: 200, patient: { name: '李蕾' } },
      },
      {},
      { before: {}, after: { blast: 3 } },
      { before: { blast: 3 }, after: { blast: 4, monocyte: 1 } },
    ])
    for (const row of rows) expect([row.case_id, row.subject_id]).toEqual([id, id])
    expect(new Set(all.map((row) => row.patient_id)).size).toBe(1)
    expect(rows[0]!.patient_id).toHaveLength(36)
  })

  test('changed cells are counted, and the log of changes is named', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'blast', 'monocyte'])
    const from = await last()
    const set = { type: 'myelocyte' }
    const changes = cellIds.map((id) => ({ id, version: 1, set }))
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const [row] = await rowsAfter(from)
    const log = await server.ports.db
      .selectFrom('cell_changes')
      .select('id')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row!.detail)).toEqual({
      before: { type: { blast: 2, monocyte: 1 }, reviewed: { false: 3 } },
      after: {
        changeId: log.id,
        cells: 3,
        type: { myelocyte: 3 },
        reviewed: { true: 3 },
        confirmed: { together: 3 },
      },
    })
  })

  test('a call that was refused, and one by nobody', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    const reader = await server.as('read_only')
    const from = await last()
    await reader('PATCH', `/cases/${caseId}`, { version: 1, target: 200 })
    await server.app.inject({ url: `/api/cases/${caseId}` })
    expect((await rowsAfter(from)).map((row) => [row.event, row.status, row.user_id, row.case_id])).toEqual([
      ['case.change', 403, reader.userId, caseId],
      ['case.read', 401, null, caseId],
    ])
  })

  test('accounts: who joined and what was changed, never a password or a link', async () => {
    const administrator = await server.as('administrator')
    const from = await last()
    const { email, id } = await aDoctor(server)
    const call = visitor(server)
    await call('POST', '/session', { email, password: 'a wrong password' })
    await call('POST', '/session', { email, password: PASSWORD })
    await call('POST', '/me/password', { current: PASSWORD, next: 'a new long password' })
    await administrator('PATCH', `/users/${id}`, { version: 1, role: 'technician' })
    const { link } = (await administrator('POST', '/invitations', { role: 'doctor' })).json()
    const token = new URL(link).searchParams.get('token')!
    const joined = { token, email: 'joined@lab.example', name: 'Joined', password: 'one more long password' }
    await visitor(server)('POST', '/register', joined)
    const settings = (await administrator('GET', '/settings')).json()
    await administrator('PUT', '/settings', { ...settings, target: 200 })
    const rows = await rowsAfter(from)
    expect(rows.map((row) => `${row.event} ${row.status}`)).toEqual([
      'session.sign-in 401',
      'session.sign-in 200',
      'account.password 200',
      'user.edit 200',
      'invitation.create 200',
      'account.register 200',
      'settings.edit 200',
    ])
    const details = rows.map((row) => JSON.parse(row.detail))
    expect(details[3]).toMatchObject({ before: { role: 'doctor' }, after: { role: 'technician' } })
    expect(details[5].after).toEqual({ email: joined.email, name: 'Joined', role: 'doctor' })
    expect(details[6]).toMatchObject({ before: { target: 500 }, after: { target: 200 } })
    expect(rows[5]!.user_id).toBe(rows[5]!.subject_id)
    const all = JSON.stringify(await rowsAfter(0))
    for (const secret of [PASSWORD, 'wrong password', 'new long password', joined.password, token]) {
      expect(all).not.toContain(secret)
    }
  })

  test('what cannot be recorded is neither shown nor changed, and health says so; it goes on by itself', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast'])
    const { db } = server.ports
    const codes = async () => {
      const read = await doctor('GET', `/cases/${caseId}`)
      const crop = await doctor('GET', `/cells/${cellIds[0]}/crop`)
      const health = await server.app.inject({ url: '/api/health' })
      return [read, crop, health].map(({ statusCode, payload }) => [
        statusCode,
        /AUDIT_\w+/.exec(payload)?.[0],
      ])
    }
    await sql`alter table audit rename to audit_away`.execute(db)
    const secret = await doctor('GET', `/cases/${caseId}`)
    expect(secret.payload).not.toContain('张三')
    expect(await codes()).toEqual(Array(3).fill([503, 'AUDIT_UNAVAILABLE']))
    await sql`alter table audit_away rename to audit`.execute(db)
    await expect
      .poll(async () => (await codes()).map(([status]) => status), { timeout: 10_000 })
      .toEqual([200, 200, 200])
    const resumed = (await rowsAfter(0)).findLast((row) => row.event === 'audit.resume')
    expect(Date.now() - JSON.parse(resumed!.detail).after.failedSince).toBeLessThan(20_000)

    await sql`alter table audit_outbox rename to audit_outbox_away`.execute(db)
    const changes = [{ id: cellIds[0], version: 1, set: { type: 'monocyte' } }]
    const change = await doctor('POST', `/cases/${caseId}/changes`, { changes })
    expect([change.statusCode, change.json().code]).toEqual([503, 'AUDIT_UNAVAILABLE'])
    await sql`alter table audit_outbox_away rename to audit_outbox`.execute(db)
    await expect
      .poll(async () => (await codes()).map(([status]) => status), { timeout: 10_000 })
      .toEqual([200, 200, 200])
    const { cells } = (await doctor('GET', `/cases/${caseId}/cells`)).json()
    expect(cells).toMatchObject([{ type: 'blast', version: 1 }])
    expect((await verifyChain(db)).broken).toBeNull()
  })

  test(`${CONNECTIONS} at once${name === 'MySQL' ? ' through two servers' : ''} leave one chain`, async () => {
    const other = name === 'MySQL' ? await startTestServer(url) : server
    const through = [doctor, other === server ? doctor : await other.as('doctor')]
    const cases = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => insertCase(server.ports, ['blast', 'monocyte'])),
    )
    const from = await last()
    const work = cases.map(async ({ caseId, cellIds }, i) => {
      for (let round = 1; round <= 5; round++) {
        const call = through[(i + round) % 2]!
        const set = { type: round % 2 ? 'lymphocyte' : 'basophil' }
        const changes = [{ id: cellIds[0], version: round, set }]
        expect((await call('POST', `/cases/${caseId}/changes`, { changes })).statusCode).toBe(200)
        expect((await call('GET', `/cases/${caseId}`)).statusCode).toBe(200)
      }
    })
    await Promise.all(work)
    const rows = await rowsAfter(from)
    expect(rows.filter((row) => row.event === 'cell.change')).toHaveLength(5 * CONNECTIONS)
    expect(rows.filter((row) => row.event === 'case.read')).toHaveLength(5 * CONNECTIONS)
    expect(rows).toHaveLength(10 * CONNECTIONS)
    expect(await verifyChain(server.ports.db)).toMatchObject({ intact: rows.at(-1)!.number, broken: null })
    if (other !== server) await other.close()
  })
})
