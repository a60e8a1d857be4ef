/**
 * `npm run -s bench -- long-work [--database mysql://…] [--cells 100000] [--out bench/results/long-work.json]`: how late the
 * server's event loop is, how long a cheap call takes and how much memory is used while exports, a backup and reports are
 * made of a site with one very large case (Linux). `--database` names an empty database, to which the site is moved.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite } from '../../e2e/site.ts'
import { openSql } from '../../e2e/sql.ts'
import { until } from '../../e2e/until.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { addLargeCase } from './large-case.ts'
import type { Delays } from './loop-delay.ts'
import { memoryOf } from './memory-of.ts'
import { seedSite } from './seed.ts'

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    cases: { type: 'string', default: '2400' },
    cells: { type: 'string', default: '100000' },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench/results/long-work.json' },
  },
})
const CLI = resolve(import.meta.dirname, '../../cli/main.ts')
const TIMES = 3
/** ms between two calls of the cheap route. */
const PACE = 20
/** ms after a start until the server is at rest. */
const SETTLING = 3000

const place = mkdtempSync(join(tmpdir(), 'marrowscope-long-work-'))
const delays = join(place, 'delays.json')
const cases = Number(values.cases)
const { site: seeded } = await seedSite(
  { patients: Math.ceil(cases * 0.8), cases, cells: cases * 40 },
  console.error,
)
const { caseId, patientId, sign } = await addLargeCase(
  await new Api(seeded.address).signIn(),
  () => openSql(seeded.folder),
  Number(values.cells),
)
await sign()
await seeded.stop()
const env = { MARROWSCOPE_SITE: seeded.folder, ...(values.database && { DATABASE_URL: values.database }) }
if (values.database) await run(['db', 'move', '--to', values.database], { MARROWSCOPE_SITE: seeded.folder })
const site = await openSite({
  ...ADMINISTRATOR_ENV,
  ...env,
  MARROWSCOPE_BENCH_DELAYS: delays,
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'loop-delay.ts'))}`,
})

async function run(args: string[], settings: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...settings },
    maxBuffer: 1e8,
  })
}

/** What the server measured since the last call. */
async function looked(): Promise<Delays> {
  rmSync(delays, { force: true })
  process.kill(site.pid(), 'SIGUSR2')
  return until('the server tells its delays', 30, async () => {
    try {
      return JSON.parse(readFileSync(delays, 'utf8')) as Delays
    } catch {
      return undefined
    }
  })
}

/** Reads an answer to its end, keeping nothing; its bytes, and ms until the first of them. */
async function read(path: string) {
  const begun = performance.now()
  const answer = await api.raw('GET', path)
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  let [bytes, first] = [0, 0]
  for await (const piece of answer.body!) {
    first ||= performance.now() - begun
    bytes += piece.length
  }
  return { bytes, firstMs: Math.round(first) }
}

/** The server begins anew each time, so that the memory of one is not that of another. */
async function measured(what: () => Promise<unknown>) {
  await site.stop()
  await site.start()
  await wait(SETTLING)
  await looked()
  const before = memoryOf(site.pid())
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, memoryOf(site.pid()))), 20)
  const calls: number[] = []
  const calling: Promise<void>[] = []
  const call = async () => {
    const begun = performance.now()
    await fetch(`${site.address}/api/health`).then((answer) => answer.text())
    calls.push(performance.now() - begun)
  }
  // Whether or not the one before is answered: whoever waits does not ask less.
  const caller = setInterval(() => calling.push(call()), PACE)
  const begun = performance.now()
  const told = await what()
  const seconds = (performance.now() - begun) / 1000
  clearInterval(caller)
  await Promise.all(calling)
  clearInterval(watch)
  calls.sort((a, b) => a - b)
  const at = (share: number) => calls[Math.min(calls.length - 1, Math.floor(calls.length * share))]!
  return {
    seconds,
    delayMs: await looked(),
    callMs: { calls: calls.length, p50: at(0.5), p99: at(0.99), max: calls.at(-1)! },
    memoryMb: { before: before / 1e6, peak: peak / 1e6 },
    ...(told as object),
  }
}

async function research(images: boolean) {
  const { id } = await api.ok('POST', '/api/research-exports', { filter: {}, images })
  await until('the export is done', 1200, async () => {
    const { status, error } = await api.ok('GET', `/api/research-exports/${id}`)
    if (status === 'failed') throw new Error(error)
    return status === 'done'
  })
  return read(`/api/research-exports/${id}/archive`)
}

async function several(path: string) {
  let told = {}
  for (let i = 0; i < TIMES; i++) told = await read(path)
  return told
}

async function auditVerified() {
  await api.ok('POST', '/api/audit/chain/verification')
  await until('the audit is verified', 1200, async () => !(await api.ok('GET', '/api/audit/chain')).running)
}

const api = await new Api(site.address).signIn()
const kinds: Record<string, () => Promise<unknown>> = {
  'at rest': () => wait(5000),
  'research export': () => research(false),
  'patient’s export': () => read(`/api/patients/${patientId}/export`),
  backup: () => run(['backup', '--out', join(place, 'backup')], env),
  'report as PDF, three times': () => several(`/api/cases/${caseId}/report.pdf`),
  'report as workbook, three times': () => several(`/api/cases/${caseId}/report.xlsx`),
  'report as CSV, three times': () => several(`/api/cases/${caseId}/report.csv`),
  'audit as CSV': () => read('/api/audit/export'),
  'audit verified': auditVerified,
}
try {
  const results: Record<string, object> = {}
  for (const [name, what] of Object.entries(kinds)) {
    if (values.only && !values.only.split(',').some((word) => name.includes(word))) continue
    const result = await measured(what)
    results[name] = result
    const { delayMs, callMs, memoryMb, seconds } = result
    const told = [delayMs.p50, delayMs.p99, delayMs.max, callMs.p50, callMs.p99, callMs.max].map((ms) =>
      ms.toFixed(1),
    )
    const [before, peak] = [memoryMb.before, memoryMb.peak].map((mb) => mb.toFixed(0))
    console.log(
      `${name}: ${seconds.toFixed(1)} s; delay p50 ${told[0]}, p99 ${told[1]}, max ${told[2]} ms; ${callMs.calls} calls, p50 ${told[3]}, p99 ${told[4]}, max ${told[5]} ms; memory ${before} to ${peak} MB`,
    )
  }
  const database = values.database ? 'mysql' : 'sqlite'
  const about = { date: new Date().toISOString(), machine: machine(), versions: ourVersions(), database }
  writeResult(values.out, { ...about, cases, cells: Number(values.cells), results }, 1)
} finally {
  await site.stop()
  rmSync(place, { recursive: true })
  rmSync(site.folder, { recursive: true, force: true })
  rmSync(seeded.folder, { recursive: true, force: true })
}
