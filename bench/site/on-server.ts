import { type Connection, createConnection } from 'mysql2/promise'
import { command } from './command.ts'

export type Moved = Awaited<ReturnType<typeof command>>

/** A site's database moved to a new one of the server, for as long as it is used. `connection` is to the server itself. */
export async function onServer<T>(
  server: string,
  folder: string,
  use: (url: string, moved: Moved, connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await createConnection(server)
  const name = `marrowscope_bench_${process.pid}_${Date.now()}`
  await connection.query(`create database ${name} character set utf8mb4`)
  const url = new URL(server)
  url.pathname = `/${name}`
  try {
    const moved = await command(['db', 'move', '--to', url.href], folder)
    await connection.query(
      `analyze table ${['search_terms', 'cases', 'patients', 'cells', 'case_summaries', 'case_corrections'].map((table) => `${name}.${table}`)}`,
    )
    return await use(url.href, moved, connection)
  } finally {
    await connection.query(`drop database ${name}`)
    await connection.end()
  }
}
