/**
 * Two people work with 16 connections each while their database is killed (-9) and comes back: nothing that was accepted is
 * lost, nothing is done twice, each change stands in the audit once. MARROWSCOPE_EDITS=10000 MARROWSCOPE_RESTARTS=20 is the
 * long run. With SQLite the database is a part of the server, which is killed; with MariaDB the server stays and must come round.
 */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { HAS_MARIADB, openDatabaseServer } from './database-server.ts'
import { invite } from './person.ts'
import { openSite, type Site } from './site.ts'
import { openSql } from './sql.ts'
import { until } from './until.ts'

const EDITS = Number(process.env.MARROWSCOPE_EDITS ?? 200)
const RESTARTS = Number(process.env.MARROWSCOPE_RESTARTS ?? 2)
const LIMIT = 120_000 + EDITS * 100 + RESTARTS * 20_000
const CONNECTIONS = 16
const CASES = 4
const CELLS = 50
const TYPES = ['blast', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast'] as const

const CLI = resolve(import.meta.dirname, '../cli/main.ts')

const pick = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)]!

/** Something with a version, as its editors know it. */
interface Thing {
  version: number
  /** By the version that it led to, what was accepted. */
  accepted: Map<number, string>
  /** Sent over `version` without an answer: may have been done, once. */
  unanswered: { version: number; value: string }[]
}
const thing = (version: number): Thing => ({ version, accepted: new Map(), unanswered: [] })

/** What the workers made, and what may have been made. */
interface Book {
  cells: Map<string, Thing & { caseId: string }>
  patients: Map<string, Thing>
  counts: Map<string, Thing>
  made: Set<string>
  perhapsMade: Set<string>
  added: Set<string>
  perhapsAdded: number
  edits: number
  restarted: number
}

type Kind = (api: Api, book: Book) => Promise<void>

/** Changes one thing; what stands in the way is read and tried another time. */
async function edit(
  book: Book,
  of: Thing,
  value: string,
  api: Api,
  send: (version: number) => Promise<{ status: number; body: { version?: number; details?: unknown } }>,
  versionIn: (body: unknown) => number,
  read: () => Promise<number>,
) {
  const { version } = of
  const answer = await send(version).catch(() => undefined)
  if (answer && answer.status < 300) {
    const now = versionIn(answer.body)
    // A value as it was makes no new version.
    if (now === version) return
    if (of.accepted.has(now)) throw new Error(`Two changes were accepted as version ${now}.`)
    of.accepted.set(now, value)
    of.version = Math.max(of.version, now)
    book.edits += 1
    return
  }
  if (!answer || answer.status >= 500) of.unanswered.push({ version, value })
  else if (answer.status !== 409) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  const now = await read().catch(() => undefined)
  if (now === undefined) await api.back()
  else of.version = Math.max(of.version, now)
}

const nameCell: Kind = async (api, book) => {
  const [id, cell] = pick([...book.cells])
  const type = pick(TYPES)
  const path = `/api/cases/${cell.caseId}/changes`
  await edit(
    book,
    cell,
    type,
    api,
    (version) => api.call('POST', path, { changes: [{ id, version, set: { type } }] }),
    (body) => (body as { cells: { version: number }[] }).cells[0]!.version,
    async () => (await api.ok('GET', `/api/cells/${id}`)).version,
  )
}

const renamePatient: Kind = async (api, book) => {
  const [id, patient] = pick([...book.patients])
  const name = `Renamed ${Math.random().toString(36).slice(2)}`
  await edit(
    book,
    patient,
    name,
    api,
    (version) => api.call('PATCH', `/api/patients/${id}`, { version, name }),
    (body) => (body as { version: number }).version,
    async () => (await api.ok('GET', `/api/patients/${id}`)).version,
  )
}

const countByKey: Kind = async (api, book) => {
  const [id, count] = pick([...book.counts])
  const path = `/api/cases/${id}/manual-count`
  const counts = { blast: Math.floor(Math.random() * 1e5) }
  await edit(
    book,
    count,
    JSON.stringify(counts),
    api,
    (version) => api.call('PUT', path, { version, counts }),
    (body) => (body as { version: number }).version,
    async () => (await api.ok('GET', path)).version,
  )
}

const makeCase: Kind = async (api, book) => {
  const marrowNumber = `N-${Math.random().toString(36).slice(2)}`
  book.perhapsMade.add(marrowNumber)
  const patient = { hospitalNumber: '', name: 'New', sex: 'unknown', birthDate: null }
  const { status } = await api.call('POST', '/api/cases', { marrowNumber, patient })
  if (status >= 300) return
  book.made.add(marrowNumber)
  book.edits += 1
}

const addCell =
  (fieldIds: readonly string[]): Kind =>
  async (api, book) => {
    book.perhapsAdded += 1
    const box = { x: Math.random() * 300, y: Math.random() * 200, width: 40, height: 40 }
    const { status, body } = await api.call('POST', `/api/fields/${pick(fieldIds)}/cells`, {
      box,
      type: 'blast',
    })
    if (status >= 300) return
    book.added.add(body.id)
    book.edits += 1
  }

/** A patient, a case counted by key and cases with a field and its cells. */
async function prepare(api: Api) {
  const book: Book = {
    ...{ cells: new Map(), patients: new Map(), counts: new Map() },
    ...{ made: new Set(), perhapsMade: new Set(), added: new Set(), perhapsAdded: 0, edits: 0, restarted: 0 },
  }
  const fieldIds: string[] = []
  for (let i = 0; i < CASES; i++) {
    const { id } = await api.newCase(`E-${i}`)
    book.patients.set((await api.ok('GET', `/api/cases/${id}`)).patientId, thing(1))
    book.counts.set((await api.newCase(`M-${i}`)).id, thing(0))
    const { data, width, height } = drawField({ seed: 200 + i, width: 400, height: 300 })
    const image = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    await api.upload(id, `field-${i}.png`, image, { umPerPixel: '0.25' })
    const fieldId = (await api.ok('GET', `/api/cases/${id}/fields`))[0].id
    fieldIds.push(fieldId)
    for (let k = 0; k < CELLS; k++) {
      const box = { x: (k * 37) % 350, y: (k * 53) % 250, width: 40, height: 40 }
      const cell = await api.ok('POST', `/api/fields/${fieldId}/cells`, { box, type: 'blast' })
      book.cells.set(cell.id, { ...thing(cell.version), caseId: id })
    }
  }
  return { book, fieldIds }
}

async function work(site: Site, restart: () => Promise<void>) {
  const head = await new Api(site.address).signIn()
  const { book, fieldIds } = await prepare(head)
  const people = await Promise.all(
    ['First Writer', 'Second Writer'].map(async (name) => {
      const api = new Api(site.address)
      await api.ok('POST', '/api/session', await invite(head, name))
      return api
    }),
  )
  const kinds: Kind[] = [
    nameCell,
    nameCell,
    nameCell,
    nameCell,
    renamePatient,
    countByKey,
    makeCase,
    addCell(fieldIds),
  ]
  let broken: unknown
  const worker = async (api: Api) => {
    while (book.edits < EDITS && broken === undefined) {
      try {
        await pick(kinds)(api, book)
      } catch (error) {
        // No answer, where a new thing was to be made: it stays among what may have been made.
        if (error instanceof TypeError) await api.back()
        else broken = error
      }
    }
  }
  const workers = people.flatMap((api) => Array.from({ length: CONNECTIONS }, () => worker(api)))
  for (; book.restarted < RESTARTS; book.restarted++) {
    const due = ((book.restarted + 1) * EDITS) / (RESTARTS + 1)
    await until('so many edits', LIMIT / 1000, async () => book.edits >= due || broken !== undefined)
    await restart()
  }
  await Promise.all(workers)
  if (broken !== undefined) throw broken
  return book
}

/** Each version was made by one change, the last one by what stands there. */
function expectKept(of: Thing, first: number, version: number, value: string) {
  for (let made = first + 1; made <= version; made++) {
    const perhaps = of.unanswered.filter((sent) => sent.version === made - 1)
    const known = of.accepted.get(made)
    if (known === undefined) expect(perhaps.length).toBeGreaterThan(0)
    if (made === version)
      expect(known === undefined ? perhaps.map((sent) => sent.value) : [known]).toContain(value)
  }
  // None beyond: what was accepted is there.
  expect(Math.max(first, ...of.accepted.keys())).toBeLessThanOrEqual(version)
}

async function expectNothingLost(folder: string, url: string | undefined, book: Book) {
  const sql = await openSql(folder, url)
  // biome-ignore lint/suspicious/noExplicitAny: rows of many tables
  const all = (text: string): Promise<any[]> => sql.all(text)
  await expect.poll(() => all('select id from audit_outbox'), { timeout: 60_000 }).toEqual([])
  const audited = (event: string) => all(`select * from audit where event = '${event}' and status = 200`)

  const cells = await all('select id, version, type from cells')
  for (const { id, version, type } of cells) {
    const known = book.cells.get(id)
    if (known) expectKept(known, 1, version, type)
  }
  const there = new Set(cells.map(({ id }) => id))
  expect([...book.added].filter((id) => !there.has(id))).toEqual([])
  expect(cells.length).toBeLessThanOrEqual(CASES * CELLS + book.perhapsAdded)

  const changes = await all('select id, changes from cell_changes')
  const named = changes.flatMap((row) => JSON.parse(row.changes) as { cellId: string }[])
  const versions = cells.reduce((sum, { version }) => sum + version - 1, 0)
  // A new cell has its change too.
  expect(named.length).toBe(versions + cells.length)
  // A cell that was named as it is called already has a row and no change.
  const told = (await audited('cell.change')).map((row) => JSON.parse(row.detail).after?.changeId)
  const changed = told.filter((id) => id !== undefined)
  expect(changed.length).toBe(new Set(changed).size)
  const ids = new Set(changes.map(({ id }) => id))
  expect(changed.filter((id) => !ids.has(id))).toEqual([])
  expect(changed.length + (await audited('cell.add')).length).toBe(changes.length)

  const patients = await all('select id, version, name from patients')
  const edited = patients.reduce((sum, { version }) => sum + version - 1, 0)
  for (const { id, version, name } of patients) {
    const known = book.patients.get(id)
    if (known) expectKept(known, 1, version, name)
  }
  const history = await all("select id from patient_changes where kind = 'edit'")
  expect([history.length, (await audited('patient.change')).length]).toEqual([edited, edited])

  for (const { case_id, version, counts } of await all('select * from manual_counts')) {
    expectKept(book.counts.get(case_id)!, 0, version, counts)
  }

  const cases = await all('select id, marrow_number from cases')
  const numbers: string[] = cases.map((row) => row.marrow_number)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect([...book.made].filter((number) => !numbers.includes(number))).toEqual([])
  expect(numbers.filter((number) => number.startsWith('N-') && !book.perhapsMade.has(number))).toEqual([])
  const created = (await audited('case.create')).map((row) => row.case_id)
  expect(created.toSorted()).toEqual(cases.map(({ id }) => id).toSorted())
  await sql.close()

  const env = { ...process.env, MARROWSCOPE_SITE: folder, ...(url && { DATABASE_URL: url }) }
  const verified = await promisify(execFile)(process.execPath, [CLI, 'audit', 'verify'], { env })
  expect(verified.stdout).toContain('The audit is intact')
}

describe(`${EDITS} edits, ${RESTARTS} restarts`, () => {
  test(
    'SQLite, which dies with its server',
    async () => {
      const site = await openSite(ADMINISTRATOR_ENV)
      try {
        const book = await work(site, async () => {
          await site.stop('SIGKILL')
          await site.start()
        })
        await expectNothingLost(site.folder, undefined, book)
        expect(book.restarted).toBe(RESTARTS)
      } finally {
        await site.stop()
      }
    },
    LIMIT,
  )

  test.skipIf(!HAS_MARIADB)(
    `MariaDB, killed under a server that goes on${HAS_MARIADB ? '' : ' (skipped: no mariadbd on this machine)'}`,
    async () => {
      const database = await openDatabaseServer()
      const site = await openSite({ ...ADMINISTRATOR_ENV, DATABASE_URL: database.url })
      try {
        const pid = site.pid()
        const balancer = new Api(site.address)
        const book = await work(site, async () => {
          await database.kill()
          await until('the server says that it has no database', 60, async () => !(await balancer.serves()))
          await database.start()
        })
        await expectNothingLost(site.folder, database.url, book)
        expect(site.pid()).toBe(pid)
      } finally {
        await site.stop()
        await database.close()
      }
    },
    LIMIT,
  )
})
