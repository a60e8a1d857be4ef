/** Numbers that differ in their letters' case are one; what a site held before stays. */
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { TEST_DATABASES } from './for-tests.ts'
import { isDuplicate } from './is-duplicate.ts'
import { connectDatabase, MIGRATIONS } from './open.ts'
import { anyCase } from './tables.ts'

const [, empty] = TEST_DATABASES.find(([name]) => name === 'SQLite')!

/** A site of the version before that holds these cases, brought up to date. */
async function upgraded(numbers: readonly string[]) {
  const db = connectDatabase(await empty())
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  await migrator.migrateTo('0009-due-by-case')
  const add = (number: string) =>
    db
      .insertInto('specimens')
      .values({
        ...{ id: number, patient_id: 'p', marrow_number: number, site: '', stain: '', clinical_note: '' },
        ...{ received_on: '2026-01-01', status: 'pending', target: 200, counting_rule: 'r', me_rule: 'm' },
        ...{ reader_id: null, synthetic: 0, version: 1, created_by: 'u', created_at: 1, updated_at: 1 },
        images_removed_at: null,
      })
      .execute()
  for (const number of numbers) await add(number)
  const { error } = await migrator.migrateToLatest()
  expect(error).toBeUndefined()
  const cases = db.selectFrom('specimens').select('marrow_number').orderBy('marrow_number')
  const found = cases.where(anyCase(db, 'marrow_number'), '=', 'M1')
  const all = async (query: typeof cases) => (await query.execute()).map((row) => row.marrow_number)
  const plan = async () => {
    const { rows } = await sql<{ detail: string }>`
      explain query plan select id from specimens where marrow_number collate nocase = 'x'`.execute(db)
    return rows[0]!.detail
  }
  return { db, add, all: () => all(cases), found: () => all(found), plan }
}

test('a number that differs in case alone is taken', async () => {
  const { db, add, found, plan } = await upgraded(['m1', 'M2'])
  expect(await found()).toEqual(['m1'])
  const refused = await add('M1').catch((error: unknown) => error)
  expect(isDuplicate(refused)).toBe(true)
  await add('M3')
  expect(await plan()).toContain('SEARCH specimens USING')
  await db.destroy()
})

test('a site that holds two keeps both, each found by either', async () => {
  const { db, add, all, found, plan } = await upgraded(['m1', 'M1', 'M2'])
  expect(await all()).toEqual(['M1', 'M2', 'm1'])
  expect((await found()).sort()).toEqual(['M1', 'm1'])
  const same = await add('M1').catch((error: unknown) => error)
  expect(isDuplicate(same)).toBe(true)
  expect(await plan()).toContain('SEARCH specimens USING')
  await db.destroy()
})
