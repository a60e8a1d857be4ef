/**
 * `npm run -s bench -- load [--people 20] [--seconds 20] [--out bench/results/load.json]`: so many people work at once without
 * pauses on a site of 12,000 cases, each in a case of a thousand cells of their own and all of them in one more; then a field of
 * 100,000 cells is read while others work. SQLite; MariaDB or MySQL too where MARROWSCOPE_TEST_MYSQL names a server.
 * `--site FOLDER [--database mysql://…]`: on a site that is there, which it changes.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect, parseArgs } from 'node:util'
import { v7 as uuid } from 'uuid'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite, type Site } from '../../e2e/site.ts'
import { openSql, type Sql, type Value } from '../../e2e/sql.ts'
import { until } from '../../e2e/until.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { processorTime } from './calls.ts'
import { onServer } from './on-server.ts'
import { PersonAtWork, type Times } from './person-at-work.ts'
import { CELL, seedSite } from './seed.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
    site: { type: 'string' },
    database: { type: 'string' },
    out: { type: 'string', default: 'bench/results/load.json' },
  },
})
const PEOPLE = Number(values.people)
const SECONDS = Number(values.seconds)
/** Cells of the shared case in which all meet. */
const FEW = 200
const MANY = 100_000
const AS_LARGE = { patients: 10_000, cases: 12_000, cells: 500_000 }

const percentile = (sorted: readonly number[], share: number) =>
  Math.round(10 * (sorted[Math.floor(sorted.length * share)] ?? 0)) / 10
function summary(took: readonly number[]) {
  const sorted = took.toSorted((a, b) => a - b)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share))
  return { asked: took.length, p50, p95, p99, max: percentile(sorted, 0.999999) }
}

/** Asks the server for its loop's delay since the last time. */
async function loopDelay(site: Site, file: string): Promise<{ p50: number; p99: number; max: number }> {
  rmSync(file, { force: true })
  process.kill(site.pid(), 'SIGUSR2')
  await until('the server tells its delay', 10, async () => existsSync(file))
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** People who may sign in with the administrator's password, as doctors. */
async function addPeople(sql: Sql): Promise<string[]> {
  const [own] = await sql.all('select password_hash from users where email = ?', [ADMINISTRATOR.email])
  const emails = Array.from({ length: PEOPLE }, () => `${uuid()}@lab.example`)
  const columns = 'id email name password_hash role locale disabled version created_at'.split(' ')
  await sql.insert(
    'users',
    columns,
    emails.map((email, i) => [uuid(), email, `Person ${i}`, own!.password_hash!, 'doctor', 'en', 0, 1, 1]),
  )
  return emails
}

/** So many cells more in the only field of a case. */
async function addManyCells(sql: Sql, caseId: string): Promise<void> {
  const [field] = await sql.all('select id from fields where case_id = ?', [caseId])
  const probabilities = JSON.stringify(CELL_CLASSES.map(() => 0.0769))
  const rows = function* (): Generator<Value[]> {
    for (let i = 0; i < MANY; i++) {
      const place = [i % 2500, i % 1900, 80, 90, 0.9]
      const seen = ['blast', 'blast', 0.9, probabilities, '[]', 0, 0]
      yield [uuid(), caseId, field!.id!, null, ...place, ...seen, 'model', 0, 0, 1, null, 1]
    }
  }
  await sql.insert('cells', CELL, rows())
}

/** Everyone works for the time given. Errors: an accepted change that is not there. */
async function atWork(
  people: readonly PersonAtWork[],
  cases: readonly string[],
  shared: string,
  pid: number,
) {
  await Promise.all(people.map((one) => one.begin(FEW)))
  const before = processorTime(pid)
  const begun = performance.now()
  await Promise.all(
    people.map(async (one) => {
      for (let n = 0; performance.now() - begun < SECONDS * 1000; n++) await one.round(n)
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  const after = processorTime(pid)
  let lost = 0
  for (const [i, one] of people.entries()) {
    const now = new Map((await one.cellsOf(cases[i]!)).map((cell) => [cell.id, cell]))
    for (const { id, type, version } of one.own) {
      const is = now.get(id)
      if (is?.type !== type || is.version !== version) lost++
    }
  }
  // Each accepted change made one version.
  for (const { id, version } of await people[0]!.cellsOf(shared)) {
    const accepted = people.reduce((sum, one) => sum + (one.accepted.get(id) ?? 0), 0)
    const before = sharedBefore.get(id) ?? 1
    if (version !== before + accepted) lost++
  }
  const kinds = Object.keys(people[0]!.times) as (keyof Times)[]
  const each = Object.fromEntries(kinds.map((kind) => [kind, people.flatMap((one) => one.times[kind])]))
  const asked = Object.values(each).reduce((sum, took) => sum + took.length, 0)
  return {
    perSecond: Math.round(asked / seconds),
    /** ms of the server's own processor time for each. */
    processorEach: before === null || after === null ? null : (after - before) / asked,
    ...Object.fromEntries(Object.entries(each).map(([kind, took]) => [kind, summary(took)])),
    conflicts: people.reduce((sum, one) => sum + one.conflicts, 0),
    staleReads: people.reduce((sum, one) => sum + one.stale, 0),
    lostUpdates: lost,
  }
}

/** Versions of the shared cells before anyone worked. */
let sharedBefore = new Map<string, number>()

/** One reads a field of 100,000 cells, again and again, while another opens a case. */
async function besideMany([reader, other]: readonly PersonAtWork[], many: string, caseId: string) {
  const answers: number[] = []
  const waits: number[] = []
  let bytes = 0
  let reading = true
  const waiting = (async () => {
    while (reading) waits.push((await other!.ask('GET', `/api/cases/${caseId}`)).ms)
  })()
  for (let i = 0; i < 5; i++) {
    const { ms, text } = await reader!.ask('GET', `/api/cases/${many}/cells`)
    answers.push(ms)
    bytes = text.length
  }
  reading = false
  await waiting
  return { megabytes: bytes / 1e6, answer: summary(answers), others: summary(waits) }
}

async function measured(folder: string, database?: string) {
  const delays = join(folder, 'loop-delay.json')
  const site = await openSite({
    ...ADMINISTRATOR_ENV,
    MARROWSCOPE_SITE: folder,
    MARROWSCOPE_BENCH_DELAYS: delays,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${pathToFileURL(resolve(import.meta.dirname, 'loop-delay.ts')).href}`,
    ...(database && { DATABASE_URL: database }),
  })
  const sql = await openSql(folder, database)
  const people: PersonAtWork[] = []
  try {
    const emails = await addPeople(sql)
    const [shared, many, ...cases] = (
      await sql.all(
        "select id from cases where status in ('pending', 'in_review') order by received_on desc, id desc limit ?",
        [PEOPLE + 2],
      )
    ).map(({ id }) => String(id)) as [string, string, ...string[]]
    for (const [i, email] of emails.entries()) {
      const api = new Api(site.address)
      await api.ok('POST', '/api/session', { ...ADMINISTRATOR, email })
      people.push(new PersonAtWork(site.address, api.cookie, cases[i]!, shared, i))
    }
    sharedBefore = new Map((await people[0]!.cellsOf(shared)).map(({ id, version }) => [id, version]))
    await loopDelay(site, delays)
    const load = machine().load
    const work = await atWork(people, cases, shared, site.pid())
    const workDelay = await loopDelay(site, delays)
    await addManyCells(sql, many)
    await loopDelay(site, delays)
    const field = await besideMany(people, many, cases[0]!)
    const fieldDelay = await loopDelay(site, delays)
    await sql.run('delete from cells where case_id = ? and analysis_id is null', [many])
    return {
      load,
      atWork: { ...work, loopDelay: workDelay },
      fieldOf100000: { ...field, loopDelay: fieldDelay },
    }
  } finally {
    for (const one of people) one.end()
    await sql.close()
    await site.stop()
  }
}

const found: Record<string, Awaited<ReturnType<typeof measured>>> = {}
if (values.site) {
  found[values.database ? 'mysql' : 'sqlite'] = await measured(values.site, values.database)
} else {
  const { site } = await seedSite(AS_LARGE, console.error)
  await site.stop()
  try {
    const server = process.env.MARROWSCOPE_TEST_MYSQL
    if (server) found.mysql = await onServer(server, site.folder, (url) => measured(site.folder, url))
    found.sqlite = await measured(site.folder)
  } finally {
    rmSync(site.folder, { recursive: true, force: true })
  }
}
for (const [database, figures] of Object.entries(found)) {
  console.log(`${database}:`, inspect(figures, { depth: 5, breakLength: 120 }))
}
writeResult(values.out, {
  date: new Date().toISOString(),
  machine: machine(),
  versions: ourVersions(),
  ...found,
})
