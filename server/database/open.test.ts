import { describe, expect, test } from 'vitest'
import { TEST_DATABASES } from './for-tests.ts'
import { openDatabase } from './open.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('opens an empty database, makes the tables, and opens it again', async () => {
    const url = await empty()
    await (await openDatabase(url)).destroy()
    const db = await openDatabase(url)
    await db.insertInto('settings').values({ name: '骨髓', value: '{}', version: 1 }).execute()
    expect(await db.selectFrom('settings').selectAll().execute()).toEqual([
      { name: '骨髓', value: '{}', version: 1 },
    ])
    await db.destroy()
  })
})
