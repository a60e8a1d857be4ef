/**
 * `npm run -s bench:site -- [--scale 1] [--out bench/results/site.json]`: search and worklist of a large site through the
 * API, and how they grow from a tenth of it. SQLite; MariaDB or MySQL too where MARROWSCOPE_TEST_MYSQL names a server.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { machine, ourVersions } from './machine.ts'
import { type Size, seedSite } from './seed-site.ts'
import { measure } from './site-calls.ts'

const FULL: Size = { patients: 100_000, cases: 120_000, cells: 1_000_000 }
async function bench(size: Size, databaseUrl: string | undefined) {
  const { site, api, seconds } = await seedSite(size, databaseUrl, console.error)
  try {
    return { size, seconds, answers: await measure(api, site.pid()), load: machine().load }
  } finally {
    await site.stop()
  }
}

async function withMysql<T>(server: string, what: (url: string) => Promise<T>): Promise<T> {
  const connection = await createConnection(server)
  const name = `marrowscope_bench_${process.pid}_${Date.now()}`
  await connection.query(`create database ${name} character set utf8mb4`)
  const url = new URL(server)
  url.pathname = `/${name}`
  try {
    return await what(url.href)
  } finally {
    await connection.query(`drop database ${name}`)
    await connection.end()
  }
}

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/results/site.json' },
    only: { type: 'string' },
  },
})
const scaled = (by: number): Size => ({
  patients: Math.round(FULL.patients * by),
  cases: Math.round(FULL.cases * by),
  cells: Math.round(FULL.cells * by),
})
const scale = Number(values.scale)
const server = process.env.MARROWSCOPE_TEST_MYSQL
const databases = ['SQLite', ...(server ? ['MariaDB'] : [])].filter(
  (name) => !values.only || name === values.only,
)
const results: Record<string, unknown> = {}
for (const name of databases) {
  const run = (size: Size) =>
    name === 'SQLite' ? bench(size, undefined) : withMysql(server!, (url) => bench(size, url))
  const tenth = await run(scaled(scale / 10))
  const full = await run(scaled(scale))
  results[name] = { tenth, full }
  for (const [group, { p50, p95 }] of Object.entries(full.answers)) {
    const before = tenth.answers[group]!
    console.log(
      `${name} ${group}: p50 ${p50} ms, p95 ${p95} ms; at a tenth ${before.p50} and ${before.p95} ms`,
    )
  }
}
writeFileSync(
  values.out,
  `${JSON.stringify({ machine: machine(), versions: ourVersions(), results }, null, 2)}\n`,
)
