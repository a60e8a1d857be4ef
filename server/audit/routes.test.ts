import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { numberColumns } from '../patients/patient-row.ts'

describe.each(TEST_DATABASES)('reading the audit on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  let first: string
  let second: string
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator')
    doctor = await server.as('doctor')
    first = (await insertCase(server.ports, ['blast'])).caseId
    second = (await insertCase(server.ports, ['blast'])).caseId
    const { db } = server.ports
    const patient = { ...numberColumns('H-7'), name: '=韩, "梅梅"' }
    const caseRow = db.selectFrom('cases').select('patient_id').where('id', '=', second)
    const { patient_id } = await caseRow.executeTakeFirstOrThrow()
    await db.updateTable('patients').set(patient).where('id', '=', patient_id).execute()
    for (let n = 0; n < 3; n++) await doctor('GET', `/cases/${first}`)
    await doctor('GET', `/cases/${second}/cells`)
    await doctor('PATCH', `/cases/${second}`, { version: 1, target: 300 })
    await administrator('GET', `/cases/${second}`)
  })
  afterAll(() => server.close())

  const read = async (query: Record<string, string | number>) =>
    (await administrator('GET', `/audit?${new URLSearchParams(query as Record<string, string>)}`)).json()
  const events = async (query: Record<string, string | number>) =>
    (await read(query)).items.map((row: { event: string }) => row.event)

  test('by patient, case, user, event and time, the newest first', async () => {
    const ofSecond = ['case.read', 'case.change', 'cell.list']
    expect((await events({ patient: 'H-7' })).sort()).toEqual(ofSecond.toSorted())
    expect((await events({ case: second })).sort()).toEqual(ofSecond.toSorted())
    expect(await events({ user: administrator.userId, event: 'case.read' })).toEqual(['case.read'])
    expect((await events({ case: second, event: 'case' })).sort()).toEqual(['case.change', 'case.read'])
    const { items } = await read({ case: first })
    expect(items.map((row: { number: number }) => row.number)).toEqual(
      items.map((row: { number: number }) => row.number).toSorted((a: number, b: number) => b - a),
    )
    const [{ at }] = items
    expect(await events({ case: first, from: at + 1 })).toEqual([])
    expect(await events({ case: first, from: at, to: at })).toContain('case.read')
    expect(await events({ case: 'none' })).toEqual([])
  })

  test('a row says who, what, when, from where, before and after', async () => {
    const { items } = await read({ event: 'case.change' })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      userId: doctor.userId,
      userName: 'A doctor',
      ip: '127.0.0.1',
      status: 200,
      caseId: second,
      marrowNumber: second,
      patientName: '=韩, "梅梅"',
      detail: { before: { target: 200 }, after: { target: 300 } },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(Math.abs(Date.now() - items[0].at)).toBeLessThan(60_000)
  })

  test('pages by number, while rows are added', async () => {
    const seen: number[] = []
    let next: number | null = null
    do {
      const page = await read({ case: first, limit: 2, ...(next === null ? {} : { before: next }) })
      seen.push(...page.items.map((row: { number: number }) => row.number))
      next = page.next
    } while (next !== null)
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(3)
  })

  test('reading the audit is in the audit, and only administrators may', async () => {
    await read({ patient: 'H-7' })
    const { items } = await read({ event: 'audit.read', limit: 1 })
    expect(items[0]).toMatchObject({ userId: administrator.userId, detail: { query: { patient: 'H-7' } } })
    for (const url of ['/audit', '/audit/export', '/audit/chain', '/audit/choices']) {
      expect((await doctor('GET', url)).statusCode).toBe(403)
    }
    const choices = (await administrator('GET', '/audit/choices')).json()
    expect(choices.events).toEqual(expect.arrayContaining(['audit.read', 'case.change', 'case.read']))
    expect(choices.users).toContainEqual({ id: doctor.userId, name: 'A doctor' })
  })

  test('what is filtered can be taken along as CSV that no spreadsheet runs', async () => {
    const answer = await administrator('GET', '/audit/export?patient=H-7')
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.payload.startsWith('\ufeff')).toBe(true)
    const rows: Record<string, string>[] = parse(answer.payload.slice(1), { columns: true })
    expect(rows).toHaveLength(3)
    expect(rows.find((row) => row.event === 'case.change')).toMatchObject({
      user: 'A doctor',
      patient: `'=韩, "梅梅"`,
      before: '{"target":200}',
      after: '{"target":300}',
    })
    expect(await events({ event: 'audit.export', user: administrator.userId })).toHaveLength(1)
  })

  test('a check is run beside the server, its outcome kept; damage is named', async () => {
    const chain = async () => (await administrator('GET', '/audit/chain')).json()
    const check = async () => {
      expect((await administrator('POST', '/audit/chain/verification')).json().running).not.toBeNull()
      await expect.poll(async () => (await chain()).running, { timeout: 20_000 }).toBeNull()
      return chain()
    }
    expect(await chain()).toMatchObject({ running: null, verified: null, broken: null })
    const whole = await check()
    expect(whole).toMatchObject({
      broken: null,
      error: null,
      verified: { sha256: expect.stringMatching(/^\w{64}$/) },
    })
    expect(whole.verified.number).toBeGreaterThan(6)
    const { items } = await read({ event: 'audit.verified' })
    expect(items[0]).toMatchObject({ userId: administrator.userId, detail: { after: { broken: null } } })

    const { db } = server.ports
    await sql`drop trigger audit_no_update`.execute(db)
    await db.updateTable('audit').set({ user_id: null }).where('event', '=', 'case.change').execute()
    const damaged = await check()
    expect(damaged.broken).toMatchObject({
      number: damaged.verified.number + 1,
      message: expect.stringMatching(/^Row \d+ \(case\.change, .*was changed after it was written/),
    })
  })
})
