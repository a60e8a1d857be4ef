/** Statements on a site's database without the server: what no route would let a person do, such as a million cells. */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'

export type Value = string | number | null

export interface Sql {
  all(text: string, values?: Value[]): Promise<Record<string, Value>[]>
  run(text: string, values?: Value[]): Promise<void>
  /** Many rows, in one transaction. */
  insert(table: string, columns: readonly string[], rows: Iterable<Value[]>): Promise<void>
  close(): Promise<void>
}

const CHUNK = 1000

/** The database of the site in `folder`, or the one that `url` (mysql:) names. */
export function openSql(folder: string): Sql
export function openSql(folder: string, url: string | undefined): Sql | Promise<Sql>
export function openSql(folder: string, url?: string) {
  return url ? mysql(url) : sqlite(folder)
}

function sqlite(folder: string): Sql {
  const db = new SQLite(join(folder, 'marrowscope.db'))
  db.pragma('busy_timeout = 60000')
  return {
    all: async (text, values = []) => db.prepare(text).all(values) as Record<string, Value>[],
    run: async (text, values = []) => void db.prepare(text).run(values),
    insert: async (table, columns, rows) => {
      const insert = db.prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`)
      db.transaction(() => {
        for (const row of rows) insert.run(row)
      })()
    },
    close: async () => void db.close(),
  }
}

async function mysql(url: string): Promise<Sql> {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4' })
  return {
    all: async (text, values = []) => (await connection.query(text, values))[0] as Record<string, Value>[],
    run: async (text, values = []) => void (await connection.query(text, values)),
    insert: async (table, columns, rows) => {
      await connection.query('start transaction')
      let chunk: Value[][] = []
      const send = async () => {
        if (chunk.length > 0) await connection.query(`insert into ${table} (${columns}) values ?`, [chunk])
        chunk = []
      }
      for (const row of rows) {
        chunk.push(row)
        if (chunk.length === CHUNK) await send()
      }
      await send()
      await connection.query('commit')
    },
    close: () => connection.end(),
  }
}
