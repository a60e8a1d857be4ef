/**
 * `npm run -s bench:site -- [--scale 1] [--out bench/results/site.json]`: search and worklist of a large site through the
 * API, and how they grow from a tenth of it. SQLite; MariaDB or MySQL too where MARROWSCOPE_TEST_MYSQL names a server.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createConnection } from 'mysql2/promise'
import type { Api } from '../e2e/api.ts'
import { machine, ourVersions } from './machine.ts'
import { type Size, seedSite } from './seed-site.ts'

const FULL: Size = { patients: 100_000, cases: 120_000, cells: 1_000_000 }
const TIMES = 20

/** What people type: one of each kind, rare and common, alone and together. */
const SEARCHES = [
  ...['李伟', '张', '欧阳', '国'],
  ...['zhangwei', 'wang', 'shan', 'ouyang'],
  ...['lw', 'zgh', 'w'],
  ...['0010000', '00101', 'G2024-05', 'G2025'],
  ...['2025-12-30', '2025-12', '2024'],
  ...['白血病', '多发性骨髓瘤', 'aml', '待查'],
  ...['王 白血病', 'wang 2024-03', '李 2025 贫血', '2021 2025', 'signed 李', '审核中 zhang'],
  ...['xqzv', '白血病 xqzv'],
]
const WORKLISTS = {
  newest: '',
  'in review': 'status=in_review',
  'oldest in review': 'status=in_review&order=oldest',
  mine: 'reader=me',
  'mine, signed': 'reader=me&status=signed',
  'unassigned, oldest': 'reader=none&order=oldest',
  archived: 'archived=true',
  'far down': 'after=2023-06-01~01900000-0000-7000-8000-000000000000',
}
const PATIENTS = { newest: '', 'wang, far down': 'search=wang&after=01900000-0000-7000-8000-000000000000' }

interface Times {
  p50: number
  p95: number
}

function timesOf(took: number[]): Times {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(10 * sorted[Math.floor(sorted.length * share)]!) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

async function measure(api: Api) {
  const calls: Record<string, [string, string][]> = {
    search: SEARCHES.map((text) => [text, `/api/cases?search=${encodeURIComponent(text)}`]),
    'patient search': SEARCHES.map((text) => [text, `/api/patients?search=${encodeURIComponent(text)}`]),
    worklist: Object.entries(WORKLISTS).map(([name, query]) => [name, `/api/cases?${query}`]),
    patients: Object.entries(PATIENTS).map(([name, query]) => [name, `/api/patients?${query}`]),
    scanner: [['marrow number', '/api/by-number?number=G2021-000001']],
  }
  const answers: Record<string, Times & { each: Record<string, Times & { found: number }> }> = {}
  for (const [group, queries] of Object.entries(calls)) {
    const each: Record<string, Times & { found: number }> = {}
    const all: number[] = []
    for (const [name, path] of queries) {
      const took: number[] = []
      let found = 0
      for (let i = 0; i < TIMES; i++) {
        const begun = performance.now()
        const answer = await api.ok('GET', path)
        took.push(performance.now() - begun)
        found = answer.items?.length ?? (answer.caseId ? 1 : 0)
      }
      each[name] = { ...timesOf(took), found }
      all.push(...took)
    }
    answers[group] = { ...timesOf(all), each }
  }
  return answers
}

async function bench(size: Size, databaseUrl: string | undefined) {
  const { site, api, seconds } = await seedSite(size, databaseUrl, console.error)
  try {
    return { size, seconds, answers: await measure(api), load: machine().load }
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
