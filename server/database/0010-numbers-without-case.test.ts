/** A site that holds two numbers which differ in their letters' case keeps both, and finds them by an index. */
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS } from './open.ts'
import type { AnyDatabase } from './tables.ts'

test('two numbers of before stay, each found by either, and by an index', async () => {
  const [, empty] = TEST_DATABASES.find(([name]) => name === 'SQLite')!
  const db = connectDatabase(await empty())
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  await migrator.migrateTo('0009-due-by-case')
  for (const number of ['m1', 'M1', 'M2']) {
    await (db as unknown as AnyDatabase)
      .insertInto('specimens')
      .values({
        ...{ id: number, patient_id: 'p', marrow_number: number, site: '', stain: '', clinical_note: '' },
        ...{ received_on: '2026-01-01', status: 'pending', target: 200, counting_rule: 'r', me_rule: 'm' },
        ...{ reader_id: null, synthetic: 0, version: 1, created_by: 'u', created_at: 1, updated_at: 1 },
        images_removed_at: null,
      })
      .execute()
  }
  const { error } = await migrator.migrateToLatest()
  expect(error).toBeUndefined()
  const cases = db.selectFrom('cases').select('marrow_number')
  const found = cases.where('marrow_number_key', '=', 'm1').orderBy('marrow_number')
  expect((await found.execute()).map((row) => row.marrow_number)).toEqual(['M1', 'm1'])
  const queries = [
    found.clearOrderBy(),
    db.selectFrom('patients').select('id').where('hospital_number_key', 'in', ['a', 'b']),
  ]
  for (const query of queries) {
    const { sql: text, parameters } = query.compile()
    const asked = text
      .split('?')
      .map((part, i) => sql`${sql.raw(part)}${i < parameters.length ? parameters[i] : sql.raw('')}`)
    const { rows } = await sql<{
      detail: string
    }>`explain query plan ${sql.join(asked, sql.raw(''))}`.execute(db)
    expect(rows[0]!.detail).toMatch(/^SEARCH .* USING .*INDEX .*_number_key/)
  }
  await db.destroy()
})
