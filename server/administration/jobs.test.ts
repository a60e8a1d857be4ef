/** What the queue does and failed at: shown without a name, tried again and stopped. */
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { nextNight } from '../queue/nightly.ts'
import { PATIENT, startSite } from './site-for-tests.ts'

const MODELS = resolve(import.meta.dirname, '../../models')

describe.each(TEST_DATABASES)('jobs on %s', (_, empty) => {
  let site: Awaited<ReturnType<typeof startSite>>
  let models: string
  beforeEach(async () => {
    models = mkdtempSync(join(tmpdir(), 'models-'))
    site = await startSite(await empty(), { MARROWSCOPE_MODELS: models })
  })
  afterEach(() => site.close())

  const jobs = () => site.get('/jobs')
  const giveModels = () => {
    for (const name of readdirSync(MODELS)) symlinkSync(join(MODELS, name), join(models, name))
  }
  const act = async (id: string, what: 'retry' | 'cancel') => {
    const answer = await site.administrator('POST', `/jobs/${id}/${what}`)
    return { status: answer.statusCode, code: answer.json()?.code }
  }
  const recorded = async (event: string) => {
    await site.app.journal.settle()
    return site.ports.db
      .selectFrom('audit')
      .select(['event', 'status', 'case_id', 'user_id'])
      .where('event', '=', event)
      .orderBy('number')
      .execute()
  }

  test('an analysis that failed is shown, and tried again once what was wrong is mended', async () => {
    const { id, marrowNumber } = await site.newCase()
    await site.takeIn(id, 1)
    await site.administrator('POST', `/cases/${id}/analyses`, {})
    await expect.poll(async () => (await jobs())[0]?.state, { timeout: 30_000 }).toBe('failed')
    const [failed] = await jobs()
    expect(failed).toMatchObject({ kind: 'analysis', caseId: id, marrowNumber, state: 'failed' })
    expect(failed.error).toContain('detector')
    expect(JSON.stringify(await jobs())).not.toContain(PATIENT)
    expect(await site.part('queue')).toMatchObject({ code: 'QUEUE_FAILED', values: { failed: 1 } })

    giveModels()
    expect(await act(failed.id, 'retry')).toEqual({ status: 200, code: undefined })
    expect((await act(failed.id, 'retry')).status).toBe(409)
    await expect.poll(async () => (await jobs()).length, { timeout: 60_000 }).toBe(0)
    const [newest] = (await site.administrator('GET', `/cases/${id}/analyses`)).json()
    expect(newest.status).toBe('done')
    expect((await site.part('queue')).code).toBe('QUEUE_OK')
    const by = { event: 'job.retry', case_id: id, user_id: site.administrator.userId, status: 200 }
    expect((await recorded('job.retry'))[0]).toEqual(by)
  })

  test('a job that failed three times is tried again as it was', async () => {
    const { queue, db } = site.ports
    let works = false
    queue.work('mend', async () => {
      if (!works) throw new Error('it does not work')
    })
    const id = await queue.add('mend', {})
    await expect
      .poll(
        async () => {
          await db
            .updateTable('jobs')
            .set({ run_at: Date.now() - 1 })
            .where('id', '=', id)
            .where('status', '=', 'waiting')
            .execute()
          return (await jobs())[0]?.state
        },
        { timeout: 30_000 },
      )
      .toBe('failed')
    expect((await jobs())[0]).toMatchObject({ id, kind: 'mend', attempts: 3, error: 'it does not work' })
    works = true
    expect((await act(id, 'retry')).status).toBe(200)
    await expect.poll(async () => (await jobs()).length, { timeout: 30_000 }).toBe(0)
    expect(await act(id, 'retry')).toEqual({ status: 409, code: 'JOB_NOT_FAILED' })
    expect(await act(id, 'cancel')).toEqual({ status: 409, code: 'JOB_OVER' })
    expect((await act(uuid(), 'retry')).status).toBe(404)
    // What changed something is chained a moment later than what was refused.
    const statuses = async () => (await recorded('job.retry')).map(({ status }) => Number(status)).sort()
    await expect.poll(statuses).toEqual([200, 404, 409])
  })

  test('an analysis that waits is stopped, and its case is free again', async () => {
    giveModels()
    const busy = Promise.withResolvers<void>()
    const real = site.ports.inference.analyse.bind(site.ports.inference)
    const [first, second] = [await site.newCase(), await site.newCase()]
    await site.takeIn(first.id, 1)
    await site.takeIn(second.id, 2)
    // The networks take their time over the first case.
    site.ports.inference.analyse = async (file, options) => {
      await busy.promise
      return real(file, options)
    }
    await site.administrator('POST', `/cases/${first.id}/analyses`, {})
    await expect.poll(async () => (await jobs())[0]?.state, { timeout: 30_000 }).toBe('running')
    await site.administrator('POST', `/cases/${second.id}/analyses`, {})
    const [running, waiting] = await jobs()
    expect([running.caseId, waiting.caseId]).toEqual([first.id, second.id])
    expect(waiting.state).toBe('waiting')
    const { values } = await site.part('queue')
    expect(values).toMatchObject({ waiting: 1, running: 1, failed: 0 })
    expect((await act(waiting.id, 'cancel')).status).toBe(200)
    expect((await jobs()).length).toBe(1)
    const { status } = (await site.administrator('GET', `/cases/${second.id}`)).json()
    expect(status).toBe('pending')
    expect(await recorded('job.cancel')).toMatchObject([{ case_id: second.id, status: 200 }])
    busy.resolve()
    await expect.poll(async () => (await jobs()).length, { timeout: 60_000 }).toBe(0)
  })

  test('the next nights of retention and of the check of images are not in the list and cannot be stopped', async () => {
    const { db } = site.ports
    const nights = await db.selectFrom('jobs').select(['id', 'kind', 'status']).orderBy('kind').execute()
    expect(nights).toMatchObject([
      { kind: 'image-check', status: 'waiting' },
      { kind: 'retention', status: 'waiting' },
    ])
    expect(await jobs()).toEqual([])
    for (const { id, kind } of nights) {
      expect((await act(id, 'cancel')).status).toBe(404)
      expect(await nextNight(db, kind)).toBeGreaterThan(Date.now())
    }
  })

  test('what waits for its hour does not make the queue slow; what should have begun does', async () => {
    const { db, queue } = site.ports
    const HOUR = 3_600_000
    await db
      .updateTable('jobs')
      .set({ created_at: Date.now() - HOUR })
      .execute()
    const well = { code: 'QUEUE_OK', values: { waiting: 0, oldestMs: null } }
    expect(await site.part('queue')).toMatchObject(well)
    await queue.add('nobody does this', {}, Date.now() - HOUR)
    const slow = await site.part('queue')
    expect(slow).toMatchObject({ code: 'QUEUE_SLOW', values: { waiting: 1 } })
    expect(slow.values.oldestMs).toBeGreaterThanOrEqual(HOUR)
  })

  test('an export that failed is tried again', async () => {
    const { db } = site.ports
    const id = uuid()
    const one = {
      id,
      created_by: site.administrator.userId,
      filter: '{"synthetic":true}',
      images: 0,
    } as const
    const times = { created_at: Date.now(), finished_at: Date.now() }
    const state = { status: 'failed', error: 'the disk was full', cases: 0, done: 0, bytes: 0 } as const
    const key = { storage_key: `exports/${id}.tar.gz`, job_id: null }
    await db
      .insertInto('research_exports')
      .values({ ...one, ...times, ...state, ...key })
      .execute()
    expect(await jobs()).toMatchObject([{ id, kind: 'research-export', error: 'the disk was full' }])
    expect((await act(id, 'retry')).status).toBe(200)
    await expect.poll(async () => (await jobs()).length, { timeout: 30_000 }).toBe(0)
    const row = await db.selectFrom('research_exports').selectAll().executeTakeFirstOrThrow()
    expect([row.status, row.error]).toEqual(['done', null])
  })

  test('only an administrator sees or stops anything', async () => {
    for (const role of ['doctor', 'technician', 'researcher', 'read_only'] as const) {
      const person = await site.as(role)
      for (const url of ['/jobs', '/administration/health', '/administration/storage'])
        expect((await person('GET', url)).statusCode).toBe(403)
      expect((await person('POST', `/jobs/${uuid()}/cancel`)).statusCode).toBe(403)
    }
  })
})
