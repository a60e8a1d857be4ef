/**
 * `npm run -s bench -- site [--scale 1] [--out bench/results/site.json]`: what people ask of a large site, through the API,
 * and how it grows from a tenth; then the site is saved, restored, and moved between the databases, each compared row by
 * row. SQLite; MariaDB or MySQL too where MARROWSCOPE_TEST_MYSQL names a server.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite, type Site } from '../../e2e/site.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { measure } from './calls.ts'
import { command } from './command.ts'
import { onServer } from './on-server.ts'
import { type Size, seedSite } from './seed.ts'

const FULL: Size = { patients: 100_000, cases: 120_000, cells: 5_000_000 }

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
  const place = mkdtempSync(join(tmpdir(), 'marrowscope-bench-'))
  try {
    return await onServer(server, folder, async (url, there, connection) => {
      const [[settings]] = (await connection.query(
        'select version() as version, @@innodb_buffer_pool_size / 1048576 as bufferPoolMb',
      )) as unknown as [[object]]
      const site = await openSite({ ...ADMINISTRATOR_ENV, DATABASE_URL: url, MARROWSCOPE_SITE: folder })
      const answers = await answersOf(site).finally(() => site.stop())
      const to = pathToFileURL(join(place, 'back.db')).href
      const again = back ? await command(['db', 'move', '--to', to], folder, url) : undefined
      return { settings, ...answers, moved: { there, ...(again && { back: again }) } }
    })
  } finally {
    rmSync(place, { recursive: true })
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
