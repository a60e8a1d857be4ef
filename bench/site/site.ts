/**
 * `npm run -s bench -- site [--scale 1] [--out bench/results/site.json]`: what people ask of a large site, through the API,
 * and how it grows from a tenth; then the site is saved, restored, and moved between the databases, each compared row by
 * row. SQLite; MariaDB or MySQL too where MARROWSCOPE_TEST_MYSQL names a server.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite, type Site } from '../../e2e/site.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { measure } from './calls.ts'
import { type Size, seedSite } from './seed.ts'

const FULL: Size = { patients: 100_000, cases: 120_000, cells: 5_000_000 }
const CLI = resolve(import.meta.dirname, '../../cli/main.ts')

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/results/site.json' },
  },
})
const scaled = (by: number): Size => ({
  patients: Math.round(FULL.patients * by),
  cases: Math.round(FULL.cases * by),
  cells: Math.round(FULL.cells * by),
})

/** Runs a command of the program on a site; what it printed and the seconds it took. */
async function command(args: string[], folder: string, databaseUrl?: string) {
  const env = { ...process.env, MARROWSCOPE_SITE: folder, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }
  const begun = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env, maxBuffer: 1e8 })
  const result = {
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    printed: stdout.trim().replaceAll(tmpdir(), ''),
  }
  console.error(`${args.slice(0, 2).join(' ')}: ${result.seconds} s. ${result.printed}`)
  return result
}

async function answersOf(site: Site) {
  const api = await new Api(site.address).signIn()
  return { load: machine().load, answers: await measure(api, site.pid()) }
}

/** Saved, restored into an empty place, and its audit verified there. */
async function savedAndRestored(folder: string) {
  const place = mkdtempSync(join(tmpdir(), 'marrowscope-bench-'))
  try {
    const backup = await command(['backup', '--out', join(place, 'backup')], folder)
    const restore = await command(['restore', join(place, 'backup')], join(place, 'site'))
    const verify = await command(['audit', 'verify'], join(place, 'site'))
    return { backup, restore, verify }
  } finally {
    rmSync(place, { recursive: true })
  }
}

/** The site's database moved to the server, asked there, and at full size moved back into a file. */
async function onMysql(server: string, folder: string, back: boolean) {
  const connection = await createConnection(server)
  const name = `marrowscope_bench_${process.pid}_${Date.now()}`
  await connection.query(`create database ${name} character set utf8mb4`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const place = mkdtempSync(join(tmpdir(), 'marrowscope-bench-'))
  try {
    const there = await command(['db', 'move', '--to', url.href], folder)
    await connection.query(
      `analyze table ${['search_terms', 'cases', 'patients', 'cells', 'case_summaries', 'case_corrections'].map((table) => `${name}.${table}`)}`,
    )
    const [[settings]] = (await connection.query(
      'select version() as version, @@innodb_buffer_pool_size / 1048576 as bufferPoolMb',
    )) as unknown as [[object]]
    const site = await openSite({ ...ADMINISTRATOR_ENV, DATABASE_URL: url.href, MARROWSCOPE_SITE: folder })
    const answers = await answersOf(site).finally(() => site.stop())
    const to = pathToFileURL(join(place, 'back.db')).href
    const again = back ? await command(['db', 'move', '--to', to], folder, url.href) : undefined
    return { settings, ...answers, moved: { there, ...(again && { back: again }) } }
  } finally {
    rmSync(place, { recursive: true })
    await connection.query(`drop database ${name}`)
    await connection.end()
  }
}

async function run(size: Size, full: boolean) {
  const { site, seconds } = await seedSite(size, console.error)
  try {
    const sqlite = await answersOf(site)
    await site.stop()
    const megabytes = Math.round(statSync(join(site.folder, 'marrowscope.db')).size / 1e6)
    const saved = full ? await savedAndRestored(site.folder) : undefined
    const server = process.env.MARROWSCOPE_TEST_MYSQL
    const mysql = server ? await onMysql(server, site.folder, full) : undefined
    return { size, seconds, megabytes, sqlite, ...(mysql && { mysql }), ...(saved && { saved }) }
  } finally {
    await site.stop()
    rmSync(site.folder, { recursive: true, force: true })
  }
}

const scale = Number(values.scale)
const tenth = await run(scaled(scale / 10), false)
const full = await run(scaled(scale), true)
for (const kind of ['sqlite', 'mysql'] as const) {
  for (const [group, { p50, p95 }] of Object.entries(full[kind]?.answers ?? {})) {
    const before = tenth[kind]!.answers[group]!
    console.log(
      `${kind} ${group}: p50 ${p50} ms, p95 ${p95} ms; at a tenth ${before.p50} and ${before.p95} ms`,
    )
  }
}
const result = { date: new Date().toISOString(), machine: machine(), versions: ourVersions(), tenth, full }
writeResult(values.out, result)
