/**
 * `node bench/statistics.ts [CASES] [CELLS]`: p50 and p95 of every question of the analysis page, over a site with so many
 * made-up cases; on SQLite, and on the server that MARROWSCOPE_TEST_MYSQL names. Prints JSON; writes results/statistics.json.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { ADMINISTRATOR_ENV, Api } from '../e2e/api.ts'
import { fillSite } from '../e2e/fill-site.ts'
import { openSite } from '../e2e/site.ts'
import { machine } from './machine.ts'

const cases = Number(process.argv[2] ?? 12_000)
const cellsPerCase = Number(process.argv[3] ?? 40)
const TIMES = 20
const QUESTIONS = ['overview', 'types', 'corrections', 'drift', 'differences', 'readers', 'choices']
const FILTERS = {
  all: '',
  year: '?from=2024-01-01&to=2024-12-31',
  site: '?site=iliac',
  note: '?diagnosis=aml',
  blasts: '?type=blast&atLeast=20',
}

async function measure(env: Record<string, string>) {
  const site = await openSite({ ...ADMINISTRATOR_ENV, ...env })
  try {
    const api = await new Api(site.address).signIn()
    // Stopped meanwhile: two processes that write all the time wait for each other on SQLite.
    await site.stop()
    const begun = performance.now()
    await fillSite(site.folder, { cases, cellsPerCase }, env)
    const filled = Math.round((performance.now() - begun) / 1000)
    await site.start()
    const answers: Record<string, { p50: number; p95: number }> = {}
    for (const what of QUESTIONS) {
      for (const [name, query] of Object.entries(what === 'choices' ? { all: '' } : FILTERS)) {
        answers[`${what}, ${name}`] = await percentiles(() =>
          api.ok('GET', `/api/statistics/${what}${query}`),
        )
      }
    }
    return { filledAndSummedInSeconds: filled, ms: answers }
  } finally {
    await site.stop()
  }
}

async function percentiles(what: () => Promise<unknown>) {
  const took: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const begun = performance.now()
    await what()
    took.push(performance.now() - begun)
  }
  took.sort((a, b) => a - b)
  return { p50: Math.round(took[TIMES >> 1]!), p95: Math.round(took[Math.floor(TIMES * 0.95)]!) }
}

async function onMysql(server: string) {
  const name = `marrowscope_bench_${process.pid}`
  const connection = await createConnection(server)
  await connection.query(`create database ${name} character set utf8mb4`)
  try {
    const url = new URL(server)
    url.pathname = `/${name}`
    return await measure({ DATABASE_URL: url.href })
  } finally {
    await connection.query(`drop database ${name}`)
    await connection.end()
  }
}

const server = process.env.MARROWSCOPE_TEST_MYSQL
const result = {
  date: new Date().toISOString(),
  machine: machine(),
  cases,
  cellsPerCase,
  sqlite: await measure({}),
  mysql: server ? await onMysql(server) : null,
}
console.log(JSON.stringify(result, null, 2))
writeFileSync(join(import.meta.dirname, 'results/statistics.json'), `${JSON.stringify(result, null, 2)}\n`)
