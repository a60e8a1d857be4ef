/** An upgrade that is killed after any of its statements begins again, and leaves what one that went through leaves. */
import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS } from './open.ts'
import { schemaOf, tableNames } from './schema-for-tests.ts'
import type { AnyDatabase } from './tables.ts'

const ROWS = 3
/** What differs between two upgrades of the same database, in the rows that they bring. */
const BY_CHANCE = ['id', 'at', 'created_at', 'updated_at']

class Killed extends Error {}

/** Lets one statement more through than the last time, then no other that changes something. Values do not tell statements apart. */
function killer(): () => KyselyPlugin {
  const done = new Set<string>()
  return () => {
    const seen = new Map<string, number>()
    let fresh = false
    return {
      transformQuery({ node }) {
        if (isReading(node)) return node
        if (fresh) throw new Killed()
        const text = JSON.stringify(node, (key, part) => (/^values?$/.test(key) ? undefined : part))
        seen.set(text, (seen.get(text) ?? 0) + 1)
        const statement = `${seen.get(text)} ${text}`
        fresh = !done.has(statement)
        done.add(statement)
        return node
      },
      transformResult: async ({ result }) => result,
    }
  }
}

const isReading = (node: RootOperationNode): boolean =>
  node.kind === 'SelectQueryNode' ||
  (node.kind === 'RawNode' && /^\s*select\b/.test(node.sqlFragments[0] ?? ''))

const migrateTo = async (db: AnyDatabase, version: string): Promise<unknown> =>
  (await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateTo(version)).error

async function isKilled(
  db: AnyDatabase,
  version: keyof typeof MIGRATIONS,
  plugin: KyselyPlugin,
): Promise<boolean> {
  try {
    await db.connection().execute((one) => MIGRATIONS[version].up(one.withPlugin(plugin)))
    return false
  } catch (error) {
    if (error instanceof Killed) return true
    throw new Error(`${version} does not begin again: ${error}`, { cause: error })
  }
}

/** The same rows into both, in every table that has none. */
async function fill(both: [AnyDatabase, AnyDatabase], filled: Set<string>): Promise<void> {
  for (const { name, columns } of await both[0].introspection.getTables()) {
    if (await both[0].selectFrom(name).select(sql`1`.as('one')).limit(1).executeTakeFirst()) continue
    const rows = Array.from({ length: ROWS }, (_, i) =>
      Object.fromEntries(columns.map((column) => [column.name, valueFor(column.name, column.dataType, i)])),
    )
    for (const db of both) await db.insertInto(name).values(rows).execute()
    filled.add(name)
  }
}

function valueFor(column: string, kind: string, i: number): unknown {
  if (/^(big)?int/i.test(kind)) return 1000 + i
  if (/double|real/i.test(kind)) return i + 0.125
  // References of a person are those that an upgrade gives a case.
  return column === 'origin' ? 'person' : `${column.slice(0, 20)} 骨髓 ${i}`
}

/** Everything that is in a database, in an order of its own. */
async function contents(db: AnyDatabase, filled: Set<string>) {
  const rows: Record<string, string[]> = {}
  for (const name of await tableNames(db)) {
    const all: Record<string, unknown>[] = await db.selectFrom(name).selectAll().execute()
    const kept = all.map((row) =>
      filled.has(name)
        ? row
        : Object.fromEntries(Object.entries(row).filter(([key]) => !BY_CHANCE.includes(key))),
    )
    rows[name] = kept.map((row) => JSON.stringify(row)).sort()
  }
  return { schema: await schemaOf(db), rows }
}

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('killed after each statement of every upgrade', async () => {
    const whole = connectDatabase(await empty()) as AnyDatabase
    const killed = connectDatabase(await empty()) as AnyDatabase
    const filled = new Set<string>()
    let kills = 0
    for (const version of Object.keys(MIGRATIONS) as (keyof typeof MIGRATIONS)[]) {
      if (kills > 0) await fill([whole, killed], filled)
      expect(await migrateTo(whole, version), version).toBeUndefined()
      const attempt = killer()
      while (await isKilled(killed, version, attempt())) kills++
      // Killed the last time when all was done but not yet written down.
      expect(await migrateTo(killed, version), version).toBeUndefined()
      expect(await contents(killed, filled), version).toEqual(await contents(whole, filled))
    }
    // One fewer an upgrade than it has statements.
    expect(kills).toBeGreaterThan(100)
    await whole.destroy()
    await killed.destroy()
    // Hundreds of restarts, each with a dozen statements of MariaDB.
  }, 400_000)
})
