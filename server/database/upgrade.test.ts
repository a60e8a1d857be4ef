/**
 * A filled database of every earlier version is brought up to date: nothing that was in it is lost, and its tables are those of
 * a new one.
 */
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS, openDatabase } from './open.ts'
import { schemaOf } from './schema-for-tests.ts'
import { type AnyDatabase, rowsOf, tablesOf } from './tables.ts'

const ROWS = 3
/** What an upgrade calls otherwise, tables and columns. */
const RENAMED: Readonly<Record<string, string>> = { specimens: 'cases', specimen_id: 'case_id' }
const nameNow = (name: string) => RENAMED[name] ?? name
const versions = Object.keys(MIGRATIONS)

/** Rows with a value in every column, as its SQL type allows. */
async function fill(db: AnyDatabase): Promise<Record<string, Record<string, unknown>[]>> {
  const filled: Record<string, Record<string, unknown>[]> = {}
  for (const { name, columns } of await db.introspection.getTables()) {
    const rows = Array.from({ length: ROWS }, (_, i) =>
      Object.fromEntries(
        columns.map((column) => [column.name, valueFor(column.name, column.dataType.toLowerCase(), i)]),
      ),
    )
    await db
      .deleteFrom(name)
      .execute()
      .catch(() => undefined)
    await db.insertInto(name).values(rows).execute()
    filled[name] = rows
  }
  return filled
}

function valueFor(column: string, kind: string, i: number): unknown {
  if (/^(big)?int/.test(kind)) return 1000 + i
  if (/double|real/.test(kind)) return i + 0.125
  if (/text/.test(kind)) return JSON.stringify({ [column]: `骨髓 ${i}` })
  return column === 'id' || column.endsWith('_id') ? uuid() : `${column.slice(0, 20)}-${i}`
}

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let ofNewOne: unknown[]
  beforeAll(async () => {
    const db = (await openDatabase(await empty())) as AnyDatabase
    ofNewOne = await schemaOf(db)
    await db.destroy()
  })

  test.each(versions)('from %s', async (version) => {
    const url = await empty()
    const old = connectDatabase(url) as AnyDatabase
    const provider = { getMigrations: async () => MIGRATIONS }
    const { error } = await new Migrator({ db: old, provider }).migrateTo(version)
    expect(error).toBeUndefined()
    const filled = await fill(old)
    await old.destroy()

    const db = (await openDatabase(url)) as AnyDatabase
    for (const table of await tablesOf(db)) {
      const before = Object.entries(filled).find(([name]) => nameNow(name) === table.name)?.[1]
      if (!before) continue
      const now: Record<string, unknown>[] = []
      for await (const rows of rowsOf(db, table, 100)) now.push(...rows)
      for (const row of before) {
        const renamed = Object.fromEntries(Object.entries(row).map(([name, value]) => [nameNow(name), value]))
        expect(now, `${table.name} of ${version}`).toContainEqual(expect.objectContaining(renamed))
      }
    }
    expect(await schemaOf(db)).toEqual(ofNewOne)
    await db.destroy()
  })

  test('every table can be walked along a primary key', async () => {
    const db = (await openDatabase(await empty())) as unknown as Kysely<unknown>
    expect((await tablesOf(db)).length).toBeGreaterThan(15)
    await db.destroy()
  })
})
