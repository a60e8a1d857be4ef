import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { openDatabase } from '../database/open.ts'
import { chain } from './chain.ts'
import { record } from './record.ts'
import { type Entry, seal } from './seal.ts'
import { verifyChain } from './verify.ts'

const entry = (event: string): Entry => ({
  id: uuid(),
  at: Date.now(),
  user_id: null,
  ip: '::1',
  event,
  subject_id: null,
  case_id: null,
  patient_id: null,
  status: 200,
  detail: JSON.stringify({ query: { search: `李雷 "'\\ ${event} \ud83e\ude78 \ud800` } }),
})

describe.each(TEST_DATABASES)('the chain on %s', (_, empty) => {
  let db: Awaited<ReturnType<typeof openDatabase>>
  beforeEach(async () => {
    db = await openDatabase(await empty())
    for (let n = 1; n <= 6; n++) await chain(db, [{ entry: entry(`test.${n}`) }])
  })

  afterEach(() => db.destroy())

  const withoutTriggers = async () => {
    for (const change of ['update', 'delete']) await sql.raw(`drop trigger audit_no_${change}`).execute(db)
  }
  const broken = async () => (await verifyChain(db)).broken

  test('six rows follow one another', async () => {
    const told: [number, number][] = []
    expect(await verifyChain(db, (...progress) => told.push(progress))).toMatchObject({
      intact: 6,
      waiting: 0,
      broken: null,
    })
    expect(told.at(-1)).toEqual([6, 6])
    const rows = await db.selectFrom('audit').selectAll().orderBy('number').execute()
    expect(rows.map(({ number, event }) => `${number} ${event}`)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `${n} test.${n}`),
    )
    expect(rows[1]!.previous).toBe(rows[0]!.sha256)
  })

  test('the database refuses to change or remove a row', async () => {
    const change = db.updateTable('audit').set({ event: 'x' }).where('number', '=', 3).execute()
    await expect(change).rejects.toThrow('append-only')
    await expect(db.deleteFrom('audit').where('number', '=', 3).execute()).rejects.toThrow('append-only')
    expect(await broken()).toBeNull()
  })

  test('a change of any column is found and named', async () => {
    await withoutTriggers()
    const rows = db.updateTable('audit').where('number', '=', 4)
    const row = await db.selectFrom('audit').selectAll().where('number', '=', 4).executeTakeFirstOrThrow()
    for (const [column, value] of [
      ['event', 'test.0'],
      ['at', 1],
      ['user_id', 'someone else'],
      ['ip', '10.0.0.1'],
      ['patient_id', 'another'],
      ['case_id', 'another'],
      ['subject_id', 'another'],
      ['status', 403],
      ['detail', '{}'],
      ['previous', 'f'.repeat(64)],
      ['sha256', 'f'.repeat(64)],
      ['id', 'another'],
    ] as const) {
      await rows.set({ [column]: value }).execute()
      expect([column, await broken()]).toEqual([
        column,
        { number: 4, message: expect.stringMatching(/^Row 4 .*was changed/) },
      ])
      await rows.set(row).execute()
    }
    expect(await broken()).toBeNull()
  })

  test('a changed row with a new hash does not fit the next one', async () => {
    await withoutTriggers()
    const row = await db.selectFrom('audit').selectAll().where('number', '=', 4).executeTakeFirstOrThrow()
    const forged = seal({ ...row, event: 'test.forged' }, 4, row.previous)
    await db.updateTable('audit').set(forged).where('number', '=', 4).execute()
    expect(await broken()).toEqual({
      number: 5,
      message: expect.stringMatching(/^Row 5 .* does not follow row 4/),
    })
  })

  test('removed rows are found in the middle, at the beginning and at the end', async () => {
    await withoutTriggers()
    await db.deleteFrom('audit').where('number', '=', 6).execute()
    expect(await broken()).toEqual({ number: 6, message: 'Row 6 is missing from the end.' })
    await db.deleteFrom('audit').where('number', 'in', [3, 4]).execute()
    expect(await broken()).toMatchObject({
      number: 3,
      message: expect.stringMatching(/^Rows 3 to 4 are missing/),
    })
    await db.deleteFrom('audit').where('number', '=', 1).execute()
    expect(await broken()).toMatchObject({ number: 1, message: expect.stringMatching(/^Row 1 is missing/) })
    await db.deleteFrom('audit').execute()
    expect(await broken()).toEqual({ number: 1, message: 'Rows 1 to 6 are missing from the end.' })
  })

  test('rows put in, at the end or between, are found', async () => {
    const last = await db.selectFrom('audit').selectAll().where('number', '=', 6).executeTakeFirstOrThrow()
    await db
      .insertInto('audit')
      .values(seal(entry('test.7'), 7, last.sha256))
      .execute()
    expect(await broken()).toMatchObject({
      message: 'Row 6 was the last that the server wrote; what comes after it was put in.',
    })
    await withoutTriggers()
    await db.updateTable('audit').set({ number: 8 }).where('number', '=', 7).execute()
    await db.updateTable('audit').set({ number: 7 }).where('number', '=', 6).execute()
    await db
      .insertInto('audit')
      .values(seal(entry('test.between'), 6, last.previous))
      .execute()
    expect(await broken()).toMatchObject({
      number: 7,
      message: expect.stringMatching(/^Row 7 .*was changed/),
    })
  })

  test('two rows that changed places are found', async () => {
    await withoutTriggers()
    for (const [from, to] of [
      [3, 99],
      [4, 3],
      [99, 4],
    ] as const) {
      await db.updateTable('audit').set({ number: to }).where('number', '=', from).execute()
    }
    expect(await broken()).toMatchObject({
      number: 3,
      message: expect.stringMatching(/^Row 3 .*was changed/),
    })
  })

  test('a chain rewritten from the middle on does not end where the server ended it', async () => {
    await withoutTriggers()
    const rows = await db.selectFrom('audit').selectAll().where('number', '>=', 4).orderBy('number').execute()
    let previous = rows[0]!.previous
    for (const row of rows) {
      const forged = seal({ ...row, ip: '10.0.0.1' }, row.number, previous)
      await db.updateTable('audit').set(forged).where('number', '=', row.number).execute()
      previous = forged.sha256
    }
    expect(await broken()).toMatchObject({ message: expect.stringMatching(/ends with another row/) })
  })

  test('a change that is undone leaves nothing, one that stands waits and is chained', async () => {
    const undone = db.transaction().execute(async (trx) => {
      await record(trx, { event: 'test.undone' })
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    await db
      .transaction()
      .execute((trx) => record(trx, { event: 'test.kept', before: { a: 1 }, after: { a: 2 } }))
    expect((await verifyChain(db)).waiting).toBe(1)
    await chain(db, [])
    expect(await verifyChain(db)).toMatchObject({ intact: 7, waiting: 0, broken: null })
    const row = await db.selectFrom('audit').selectAll().where('number', '=', 7).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ event: 'test.kept', detail: '{"before":{"a":1},"after":{"a":2}}' })
  })
})
