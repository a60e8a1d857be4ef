import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { openDatabase } from '../database/open.ts'
import type { Database } from '../database/schema.ts'
import { TableQueue } from './table.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let db: Kysely<Database>
  const open: TableQueue[] = []
  const queue = (options = {}) => {
    const made = new TableQueue(db, { pollMs: 20, ...options })
    open.push(made)
    return made
  }
  beforeEach(async () => {
    db = await openDatabase(await empty())
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((q) => q.close()))
    await db.destroy()
  })
  const statuses = async () =>
    (await db.selectFrom('jobs').select('status').orderBy('id').execute()).map((job) => job.status)
  const until = (condition: () => Promise<boolean> | boolean) =>
    expect.poll(condition, { interval: 20 }).toBe(true)

  test('hands every job out once, in order, to several workers', async () => {
    const seen: number[] = []
    const first = queue()
    for (let i = 0; i < 12; i++) await first.add('count', i)
    for (const q of [first, queue()]) q.work('count', async (n) => void seen.push(n as number))
    await until(async () => (await statuses()).every((status) => status === 'done'))
    expect([...seen].sort((a, b) => a - b)).toEqual([...Array(12).keys()])
  })

  test('a job whose end cannot be written ends neither the queue nor the program', async () => {
    const told: unknown[] = []
    const q = queue({ log: (error: unknown) => told.push(error) })
    const rename = (from: string, to: string) =>
      sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(db)
    const seen: string[] = []
    q.work('break', async (what) => {
      seen.push(what as string)
      if (what === 'first') await rename('jobs', 'gone')
    })
    await q.add('break', 'first')
    await until(() => told.length === 1)
    await rename('gone', 'jobs')
    await q.add('break', 'second')
    await until(() => seen.includes('second'))
  })

  test('a job that is added within a transaction is there only if that succeeds', async () => {
    const q = queue()
    const failing = db.transaction().execute(async (trx) => {
      await q.add('count', 1, undefined, trx)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await statuses()).toEqual([])
  })

  test('tries a job that fails again, three times in all', async () => {
    let tries = 0
    const q = queue()
    q.work('fail', async () => {
      tries++
      throw new Error('no')
    })
    await q.add('fail', {})
    await until(async () => {
      await db.updateTable('jobs').set({ run_at: 0 }).execute() // no waiting between the tries
      return (await statuses())[0] === 'failed'
    })
    expect(tries).toBe(3)
  })

  test('a failed job that is tried again is done, and has no error any more', async () => {
    let works = false
    const q = queue()
    q.work('mend', async () => {
      if (!works) throw new Error('no')
    })
    const id = await q.add('mend', {})
    expect(await q.retry(id)).toBe(false)
    await until(async () => {
      await db.updateTable('jobs').set({ run_at: 0 }).execute()
      return (await statuses())[0] === 'failed'
    })
    works = true
    expect(await q.retry(id)).toBe(true)
    await until(async () => (await statuses())[0] === 'done')
    expect(await db.selectFrom('jobs').select(['attempts', 'error']).execute()).toEqual([
      { attempts: 1, error: null },
    ])
  })

  test('a cancelled job is told, and stays cancelled', async () => {
    const q = queue()
    let told = false
    q.work(
      'long',
      (_, signal) =>
        new Promise((done) =>
          signal.addEventListener('abort', () => {
            told = true
            done()
          }),
        ),
    )
    const id = await q.add('long', {})
    await until(async () => (await statuses())[0] === 'running')
    await q.cancel(id)
    await until(() => told)
    await q.close()
    expect(await statuses()).toEqual(['cancelled'])
  })

  test('a job of a closed queue goes to the next one; one of a worker that died too, at once when it is the only', async () => {
    const q = queue()
    q.work(
      'long',
      (_, signal) =>
        new Promise((_done, failed) => signal.addEventListener('abort', () => failed(new Error('closed')))),
    )
    await q.add('long', { n: 1 })
    await until(async () => (await statuses())[0] === 'running')
    await q.close()
    expect(await statuses()).toEqual(['waiting'])
    await db
      .updateTable('jobs')
      .set({ status: 'running', locked_until: Date.now() + 60_000 })
      .execute()
    const done: unknown[] = []
    queue().work('long', async (payload) => void done.push(payload))
    // One that came later is done, so the first was passed over.
    await q.add('long', { n: 2 })
    await until(() => done.length === 1)
    expect(done).toEqual([{ n: 2 }])
    queue({ sole: true }).work('long', async (payload) => void done.push(payload))
    await until(() => done.length === 2)
    expect(done[1]).toEqual({ n: 1 })
  })
})
