import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createConnection } from 'mysql2/promise'

/**
 * The databases that every data test runs on, as [name, a function that makes an empty one and gives its URL].
 * MariaDB or MySQL takes part where MARROWSCOPE_TEST_MYSQL names a server on which databases may be made.
 */
export const TEST_DATABASES: readonly [string, () => Promise<string>][] = [
  ['SQLite', async () => pathToFileURL(join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'test.db')).href],
  ...(process.env.MARROWSCOPE_TEST_MYSQL
    ? [['MySQL', () => emptyMysql(process.env.MARROWSCOPE_TEST_MYSQL!)] as [string, () => Promise<string>]]
    : []),
]

async function emptyMysql(server: string): Promise<string> {
  const name = `marrowscope_test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`
  const connection = await createConnection(server)
  await connection.query(`create database ${name} character set utf8mb4`)
  await connection.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

if (TEST_DATABASES.length === 1) {
  console.warn('MySQL is left out: set MARROWSCOPE_TEST_MYSQL to a server on which databases may be made.')
}
