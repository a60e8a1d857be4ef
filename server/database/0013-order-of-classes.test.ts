import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS } from './open.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('an analysis of before keeps the order of its day', async () => {
    const db = connectDatabase(await empty())
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
    await migrator.migrateTo('0012-unfamiliar-cells')
    await sql`insert into analyses (id, specimen_id, status, total, done, cells, models, created_by, created_at)
      values ('a', 's', 'done', 1, 1, 1, '{}', 'u', 1)`.execute(db)
    await migrator.migrateTo('0013-order-of-classes')
    const { classes } = await db.selectFrom('analyses').select('classes').executeTakeFirstOrThrow()
    const order = JSON.parse(classes)
    expect([order.length, order[0], order[8], order[12]]).toEqual([
      13,
      'blast',
      'monocyte',
      'not_identifiable',
    ])
    await db.destroy()
  })
})
