/** Signatures of before are numbered along their hashes: their ids and times tell another order where the clock went back. */
import { Migrator } from 'kysely/migration'
import { describe, expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS } from './open.ts'
import type { AnyDatabase } from './tables.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('addenda that were written after the clock went back keep their order', async () => {
    const db = connectDatabase(await empty()) as AnyDatabase
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
    await migrator.migrateTo('0015-cases')
    const row = (id: string, at: number, kind: string, hash: string, previous?: string) => ({
      ...{ id, at, kind, case_id: 'c', user_id: 'u', text: '', sha256: hash },
      snapshot: JSON.stringify(previous === undefined ? {} : { previous }),
    })
    const rows = [
      row('b', 5, 'signature', 'hash 1'),
      row('c', 4, 'addendum', 'hash 2', 'hash 1'),
      row('a', 3, 'addendum', 'hash 3', 'hash 2'),
      row('0', 2, 'addendum', 'hash 4', 'hash 3'),
    ]
    await db.insertInto('signatures').values(rows).execute()
    const change = (id: string, case_id: string, at: number) => ({
      id,
      case_id,
      at,
      user_id: 'u',
      changes: '[]',
    })
    const changes = [change('z', 'c', 1), change('y', 'c', 2), change('x', 'd', 3)]
    await db.insertInto('cell_changes').values(changes).execute()
    expect((await migrator.migrateToLatest()).error).toBeUndefined()
    const numbered = async (table: string) =>
      (
        await db.selectFrom(table).select(['id', 'number']).orderBy('case_id').orderBy('number').execute()
      ).map(({ id, number }) => `${number} ${id}`)
    expect(await numbered('signatures')).toEqual(['1 b', '2 c', '3 a', '4 0'])
    expect(await numbered('cell_changes')).toEqual(['1 z', '2 y', '1 x'])
    const twice = db
      .insertInto('signatures')
      .values({ ...rows[0], id: 'twice', number: 1 })
      .execute()
    await expect(twice).rejects.toThrow()
    await db.destroy()
  })
})
