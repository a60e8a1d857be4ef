import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { TEST_DATABASES } from './database/for-tests.ts'
import { openDatabase } from './database/open.ts'
import { logged } from './log-errors.ts'

describe.each(TEST_DATABASES)('on %s', (_, empty) => {
  test('what the database refused is not kept in the log', async () => {
    const db = await openDatabase(await empty())
    const insert = () =>
      sql`insert into settings (name, value, version) values ('李雷', '{"note": "韩梅梅"}', 1)`.execute(db)
    await insert()
    const error: Error = await insert().then(
      () => expect.unreachable(),
      (refused) => refused,
    )
    const text = JSON.stringify([logged(error), logged(new Error('outside', { cause: error }))])
    expect(text).not.toMatch(/李雷|韩梅梅/)
    expect(text).toMatch(/ER_DUP_ENTRY|SQLITE_CONSTRAINT/)
    expect(text).toContain('outside')
    await db.destroy()
  })
})
