/** A wrong clock: what it erased once, and what it put out of order. */
import { v7 as uuid } from 'uuid'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { carryOut, nextRun } from '../privacy/retention-worker.ts'

// Ids go back with the clock, as in a process that is started anew; one that goes on keeps its ids in order.
vi.mock('uuid', async (original) => {
  const real = await original<typeof import('uuid')>()
  return { ...real, v7: () => real.v7({ msecs: Date.now() }) }
})

const PASSWORD = 'correct horse battery'
const DAY = 86_400_000
const YEAR = 365.25 * DAY
const GOES_ON = new AbortController().signal

/** From here on the clock goes on from another time; timers stay real. */
const setClock = (at: number) => vi.useFakeTimers({ toFake: ['Date'], now: at })
const realNow = () => performance.timeOrigin + performance.now()
afterEach(() => void vi.useRealTimers())

describe.each(TEST_DATABASES)('a wrong clock on %s', (_, empty) => {
  const open = async (url: string) => {
    const server = await startTestServer(url)
    let closed = false
    const close = async () => {
      if (!closed) await server.close()
      closed = true
    }
    onTestFinished(close)
    return { ...server, close, administrator: await server.as('administrator', PASSWORD) }
  }
  const patientsOf = ({ ports }: Pick<TestServer, 'ports'>) =>
    ports.db.selectFrom('patients').select('id').execute()
  const health = async ({ app }: Pick<TestServer, 'app'>) => {
    const { statusCode, body } = await app.inject({ url: '/api/health' })
    return [statusCode, JSON.parse(body).code]
  }

  test('one start 32 years ahead erases nobody, is told by health, and leaves the next night where it was', async () => {
    const url = await empty()
    const site = await open(url)
    const { db } = site.ports
    const rule = { imagesYears: null, patientsYears: 10, version: 0 }
    expect((await site.administrator('PUT', '/retention', rule)).statusCode).toBe(200)
    for (let n = 0; n < 22; n++) {
      const patient = { hospitalNumber: `H${n}`, name: `P${n}`, sex: 'female', birthDate: null }
      const { id } = (
        await site.administrator('POST', '/cases', { marrowNumber: `CLOCK-${n}`, patient })
      ).json()
      await db.updateTable('cases').set({ status: 'signed' }).where('id', '=', id).execute()
    }
    await insertCase(site.ports, ['blast'])
    expect(await patientsOf(site)).toHaveLength(23)
    await site.app.journal.settle()
    await site.close()

    setClock(realNow() + 32 * YEAR)
    const ahead = await open(url)
    // Whoever signs in and works writes rows of that time; they must not make it credible.
    await ahead.administrator('GET', '/users')
    await ahead.app.journal.settle()
    expect(await health(ahead)).toEqual([503, 'CLOCK_IN_DOUBT'])
    await carryOut(ahead.ports, uuid(), GOES_ON)
    expect(await patientsOf(ahead)).toHaveLength(23)
    const { runs } = (await ahead.administrator('GET', '/retention')).json()
    expect(runs).toMatchObject([{ status: 'asking', due: null, patients: 0 }])
    const parts = async (of: typeof ahead) =>
      (await of.administrator('GET', '/administration/health')).json().parts as {
        part: string
        code: string
      }[]
    expect(await parts(ahead)).toContainEqual(expect.objectContaining({ code: 'CLOCK_AHEAD' }))
    expect(await parts(ahead)).toContainEqual(expect.objectContaining({ code: 'RETENTION_ASKS' }))
    const seen = (await ahead.administrator('GET', '/retention/due')).json()
    expect(seen).toMatchObject({ patients: 22 })
    const { at, version, cases, patients } = seen
    const body = { at, version, cases, patients, password: PASSWORD }
    const refused = await ahead.administrator('POST', '/retention/confirmation', body)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'CLOCK_IN_DOUBT'])
    // The worker's own night, too: it is claimed, asks, and the next one waits.
    await ahead.ports.db.updateTable('jobs').set({ run_at: 0 }).where('kind', '=', 'retention').execute()
    const night = async () => await nextRun(ahead.ports.db)
    await expect.poll(night, { timeout: 20_000 }).toBeGreaterThan(realNow() + 31 * YEAR)
    expect(await patientsOf(ahead)).toHaveLength(23)
    await ahead.close()

    setClock(realNow())
    const right = await open(url)
    expect(await nextRun(right.ports.db)).toBeLessThanOrEqual(realNow() + DAY + 3_600_000)
    await right.administrator('GET', '/users')
    await right.app.journal.settle()
    expect(await health(right)).toEqual([200, undefined])
    await carryOut(right.ports, uuid(), GOES_ON)
    expect(await patientsOf(right)).toHaveLength(23)
  })

  test('more than a small share waits for a person, who sees it and confirms it', async () => {
    const site = await open(await empty())
    const { db } = site.ports
    await site.administrator('PUT', '/retention', { imagesYears: null, patientsYears: 10, version: 0 })
    for (let n = 0; n < 5; n++) {
      const { caseId } = await insertCase(site.ports, [])
      const old = { received_on: `20${10 + n}-01-01`, status: 'signed' } as const
      await db.updateTable('cases').set(old).where('id', '=', caseId).execute()
    }
    const { administrator } = site
    const last = async () => (await administrator('GET', '/retention')).json().runs[0]
    await carryOut(site.ports, uuid(), GOES_ON)
    expect(await last()).toMatchObject({ status: 'asking', due: { patients: 5, cases: 0 }, patients: 0 })
    expect(await patientsOf(site)).toHaveLength(5)
    const due = (await administrator('GET', '/retention/due')).json()
    expect(due.patientList.map((one: { lastCaseOn: string }) => one.lastCaseOn).sort()).toEqual(
      [10, 11, 12, 13, 14].map((year) => `20${year}-01-01`),
    )
    const confirm = async (more: object) => {
      const { at, version, cases, patients } = due
      const body = { at, version, cases, patients, password: PASSWORD, ...more }
      const answer = await administrator('POST', '/retention/confirmation', body)
      return [answer.statusCode, answer.json().code]
    }
    expect(await confirm({ password: 'a guess' })).toEqual([403, 'PASSWORD_WRONG'])
    expect(await confirm({ patients: 4 })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await confirm({ at: Date.now() - 2 * 3_600_000 })).toEqual([409, 'CHANGED_MEANWHILE'])
    const doctor = await site.as('doctor', PASSWORD)
    expect((await doctor('POST', '/retention/confirmation', { ...due, password: PASSWORD })).statusCode).toBe(
      403,
    )
    expect(await patientsOf(site)).toHaveLength(5)
    expect(await confirm({})).toEqual([200, undefined])
    await expect.poll(last, { timeout: 20_000 }).toMatchObject({ status: 'done', patients: 5 })
    expect(await patientsOf(site)).toHaveLength(0)
    await site.app.journal.settle()
    const row = await db
      .selectFrom('audit')
      .select(['user_id', 'detail'])
      .where('event', '=', 'retention.confirm')
      .where('status', '=', 200)
      .executeTakeFirstOrThrow()
    expect(row.user_id).toBe(administrator.userId)
    expect(JSON.parse(row.detail).after).toMatchObject({ patients: 5, cases: 0 })
  })

  test('a clock that was set back is told until a person says that it is right, which is audited', async () => {
    const url = await empty()
    setClock(realNow() + 20 * DAY)
    const ahead = await open(url)
    await ahead.administrator('GET', '/users')
    await ahead.app.journal.settle()
    expect(await health(ahead)).toEqual([200, undefined])
    await ahead.close()
    vi.useRealTimers()
    const site = await open(url)
    expect(await health(site)).toEqual([503, 'CLOCK_IN_DOUBT'])
    const doctor = await site.as('doctor')
    expect((await doctor('POST', '/administration/clock/confirmation')).statusCode).toBe(403)
    const { parts } = (await site.administrator('POST', '/administration/clock/confirmation')).json()
    expect(parts).toContainEqual(expect.objectContaining({ part: 'clock', code: 'CLOCK_OK' }))
    // What was looked at is remembered for a moment.
    await expect.poll(() => health(site)).toEqual([200, undefined])
    const confirmed = site.ports.db.selectFrom('audit').select('user_id').where('event', '=', 'clock.confirm')
    expect(await confirmed.where('status', '=', 200).execute()).toEqual([
      { user_id: site.administrator.userId },
    ])
  })

  test('addenda of a clock that went back are in the report, in their order, and genuine', async () => {
    const site = await open(await empty())
    const { administrator } = site
    const { caseId } = await insertCase(site.ports, ['blast'])
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
    const signed = await administrator('POST', `/cases/${caseId}/sign`, {
      ...{ version: 1, password: PASSWORD, accepted },
    })
    expect(signed.statusCode).toBe(200)
    for (const [n, text] of ['first', 'second', 'third'].entries()) {
      setClock(realNow() - (n + 1) * 2 * 3_600_000)
      await administrator('POST', `/cases/${caseId}/addenda`, { text, password: PASSWORD })
    }
    vi.useRealTimers()
    const ids = site.ports.db.selectFrom('signatures').select('text').where('case_id', '=', caseId)
    const byId = (await ids.orderBy('id').execute()).map(({ text }) => text)
    expect(byId).toEqual(['third', 'second', 'first', ''])
    const found = (await administrator('GET', `/cases/${caseId}/signatures`)).json()
    expect(found.map(({ text, intact }: { text: string; intact: boolean }) => [text, intact])).toEqual([
      ['', true],
      ['first', true],
      ['second', true],
      ['third', true],
    ])
    const { addenda } = (await administrator('GET', `/cases/${caseId}/report.json`)).json()
    expect(addenda.map(({ text }: { text: string }) => text)).toEqual(['first', 'second', 'third'])
  })

  test('changes of one case are told and chained in their order, and jobs are done', async () => {
    const site = await open(await empty())
    const { db, queue } = site.ports
    const { caseId, cellIds } = await insertCase(site.ports, ['blast'])
    for (const [n, type] of ['monocyte', 'lymphocyte', 'myelocyte'].entries()) {
      setClock(realNow() - (n + 1) * 3_600_000)
      const changes = [{ id: cellIds[0], version: n + 1, set: { type } }]
      const answer = await site.administrator('POST', `/cases/${caseId}/changes`, { changes })
      expect(answer.statusCode).toBe(200)
    }
    const log = (await site.administrator('GET', `/cases/${caseId}/changes`)).json()
    expect(log.map((one: { changes: { after: { type: string } }[] }) => one.changes[0]!.after.type)).toEqual([
      'monocyte',
      'lymphocyte',
      'myelocyte',
    ])
    await site.app.journal.settle()
    const rows = await db
      .selectFrom('audit')
      .select('detail')
      .where('event', '=', 'cell.change')
      .orderBy('number')
      .execute()
    expect(rows.map(({ detail }) => Object.keys(JSON.parse(detail).after.type)[0])).toEqual([
      'monocyte',
      'lymphocyte',
      'myelocyte',
    ])
    const done: unknown[] = []
    setClock(realNow() + 3_600_000)
    await queue.add('of-an-hour-ahead', 1)
    setClock(realNow() + 32 * YEAR)
    await queue.add('of-years-ahead', 2, Date.now() + 60_000)
    setClock(realNow())
    for (const kind of ['of-an-hour-ahead', 'of-years-ahead'])
      queue.work(kind, async (payload) => void done.push(payload))
    await expect.poll(() => [...done].sort(), { timeout: 5000 }).toEqual([1, 2])
  })
})
