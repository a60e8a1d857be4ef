import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from './for-tests.ts'
import { openDatabase } from './open.ts'
import { ReadingThreads } from './reading-threads.ts'
import { BYTES, LONG, SETTING, WRITING, WRONG } from './readings-for-tests.ts'
import type { Database } from './schema.ts'

describe.each(TEST_DATABASES)('reading threads on %s', (name, empty) => {
  let db: Kysely<Database>
  let reads: ReadingThreads
  beforeAll(async () => {
    const url = await empty()
    db = await openDatabase(url)
    reads = new ReadingThreads(url, 1)
  })
  afterAll(async () => {
    await reads.close()
    await db.destroy()
  })

  test('see what was committed before they were asked, and nothing that is not', async () => {
    for (let n = 0; n < 20; n++) {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('settings')
          .values({ name: `s${n}`, value: `${n}`, version: 1 })
          .execute()
        expect(await reads.ask(SETTING, `s${n}`)).toBeUndefined()
      })
      expect(await reads.ask(SETTING, `s${n}`)).toEqual({ value: `${n}` })
    }
  })

  test('refuse to write', async () => {
    await expect(reads.ask(WRITING)).rejects.toMatchObject({
      code: name === 'SQLite' ? 'SQLITE_READONLY' : 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
    })
    expect(await reads.ask(SETTING, 'a thread')).toBeUndefined()
  })

  test('hold up nothing else, however long they read', async () => {
    const upTo = 1_000_000
    let done = false
    const long = reads.ask(LONG, upTo).finally(() => {
      done = true
    })
    let answered = 0
    while (!done) {
      await db.selectFrom('settings').selectAll().execute()
      answered++
      await new Promise((next) => setImmediate(next))
    }
    expect(await long).toBe(upTo)
    expect(answered).toBeGreaterThan(10)
  })

  test('tell what went wrong with its code, and go on', async () => {
    await expect(reads.ask(WRONG)).rejects.toMatchObject({
      code: name === 'SQLite' ? 'SQLITE_ERROR' : 'ER_NO_SUCH_TABLE',
    })
    expect(await reads.ask(SETTING, 'nothing')).toBeUndefined()
  })

  test('hand bytes over', async () => {
    expect(new TextDecoder().decode(await reads.ask(BYTES))).toBe('骨髓')
  })
})
