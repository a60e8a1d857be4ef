/**
 * How each database reads what the lists ask for, kept in plans/, a file a database: a query that goes through a table,
 * or sorts what an index holds in order, changes its plan, and this fails. After a change that is meant:
 * UPDATE_PLANS=1 npx vitest run server/search/plans
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CompiledQuery, type Insertable, type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summaryDue } from '../case-lock/summary-due.ts'
import { dueAmong, selectCellCounts, summariesOf } from '../cases/cell-counts.ts'
import { casesOf, countedCases, inOrder, nextCases } from '../cases/list-cases.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { inChunks } from '../database/in-chunks.ts'
import { openDatabase } from '../database/open.ts'
import type { Cells, Database } from '../database/schema.ts'
import { importRows } from '../patients/import/import-rows.ts'
import { patientsAmong, patientsInOrder } from '../patients/list-patients.ts'
import { refreshDue } from '../summaries/refresh.ts'
import { termsAmong, termsOf } from './begins-with.ts'

const ID = '01900000-0000-7000-8000-000000000000'
/** As many as a page of the list has. */
const IDS = Array.from({ length: 50 }, (_, i) => ID.replace(/..$/, String(10 + i)))
const ALL = { archived: false, oldestFirst: false }
const PLACE = { received_on: '2024-01-01', id: ID }
/** Enough that a database which counts before it chooses prefers the indexes. */
const PATIENTS = 3000

const QUERIES: Record<string, (db: Kysely<Database>) => { compile(): CompiledQuery }> = {
  'terms of a word': (db) => termsOf(db, 'zhangwei1'),
  'terms of a word among patients': (db) => termsAmong(db, 'zhang', IDS),
  'cases of fifty patients': (db) => casesOf(db, IDS, { ...ALL, statuses: ['signed'] }),
  'next cases': (db) => nextCases(db, { ...ALL, received: ['2023-0'] }, PLACE, 250),
  'all cases, far down': (db) => inOrder(db, ALL, PLACE).limit(51),
  'cases of a state': (db) => inOrder(db, { ...ALL, statuses: ['in_review'] }, undefined).limit(51),
  'my cases': (db) => inOrder(db, { ...ALL, readerId: ID }, undefined).limit(51),
  'my cases of a state, oldest first': (db) =>
    inOrder(db, { archived: false, oldestFirst: true, statuses: ['in_review'], readerId: ID }, PLACE).limit(
      51,
    ),
  'nobody’s cases': (db) => inOrder(db, { ...ALL, readerId: null }, undefined).limit(51),
  'cases of a month, far down': (db) => inOrder(db, { ...ALL, received: ['2023-0'] }, PLACE).limit(51),
  'cases counted': (db) => countedCases(db, { ...ALL, statuses: ['in_review'] }),
  'cells of fifty cases': (db) => selectCellCounts(db, IDS),
  'summaries of fifty cases': (db) => summariesOf(db, IDS),
  'which of fifty cases changed': (db) => dueAmong(db, IDS),
  'fifty patients': (db) => patientsAmong(db, IDS, false),
  'all patients, far down': (db) => patientsInOrder(db, false, ID).limit(51),
}

describe.each(TEST_DATABASES)('%s', (name, empty) => {
  const file = join(import.meta.dirname, 'plans', `${name.toLowerCase()}.txt`)
  let db: Kysely<Database>
  beforeAll(async () => {
    db = await openDatabase(await empty())
    await fill(db)
    if (name !== 'SQLite')
      await sql`analyze table search_terms, cases, patients, cells, case_summaries, summaries_due`.execute(db)
  })
  afterAll(() => db.destroy())

  test.each(Object.keys(QUERIES))('%s', async (title) => {
    const plan = await planOf(db, name, QUERIES[title]!(db).compile())
    const kept = plansIn(file).get(title)
    if (process.env.UPDATE_PLANS || kept === undefined) keep(file, title, plan)
    if (!process.env.UPDATE_PLANS && kept === undefined)
      throw new Error(`There was no plan of '${title}'; it was written to ${file}.`)
    expect(plan).toBe(plansIn(file).get(title))
  })
})

/** The kept plans of a database by their titles: a line `# title`, and the plan below it. */
function plansIn(file: string): Map<string, string> {
  const parts = existsSync(file) ? readFileSync(file, 'utf8').split(/^# /m).slice(1) : []
  return new Map(
    parts.map((part) => {
      const [title, ...lines] = part.trimEnd().split('\n')
      return [title!, lines.join('\n')]
    }),
  )
}

function keep(file: string, title: string, plan: string): void {
  const plans = plansIn(file).set(title, plan)
  const sorted = Object.keys(QUERIES).flatMap((name) => (plans.has(name) ? [[name, plans.get(name)]] : []))
  writeFileSync(file, sorted.map(([name, lines]) => `# ${name}\n${lines}\n`).join('\n'))
}

/** The plan without what changes with the number of rows. */
async function planOf(
  db: Kysely<Database>,
  name: string,
  { sql: text, parameters }: CompiledQuery,
): Promise<string> {
  const parts = text.split('?')
  const explained = sql`${sql.raw(name === 'SQLite' ? 'explain query plan' : 'explain')} ${sql.join(
    parts.map((part, i) => (i < parameters.length ? sql`${sql.raw(part)}${parameters[i]}` : sql.raw(part))),
    sql.raw(''),
  )}`
  const { rows } = (await explained.execute(db)) as { rows: Record<string, unknown>[] }
  const lines = name === 'SQLite' ? rows.map((row) => String(row.detail)) : rows.map(mysqlLine)
  return lines.join('\n')
}

/** Table, way of access and index; whether it is sorted. The rest differs between MySQL and MariaDB. */
function mysqlLine(row: Record<string, unknown>): string {
  const sorted = String(row.Extra).includes('filesort') ? ' | sorted' : ''
  return [row.table, row.type, row.key].map((value) => value ?? '-').join(' | ') + sorted
}

async function fill(db: Kysely<Database>): Promise<void> {
  const blank = { sex: '', birthDate: '', site: '', clinicalNote: '' }
  const rows = Array.from({ length: PATIENTS }, (_, i) => ({
    ...blank,
    row: i + 2,
    name: `${['Zhang', 'Wang', 'Li', 'Zhao'][i % 4]}wei${i}`,
    hospitalNumber: `H${i}`,
    marrowNumber: `B${i}`,
    receivedOn: `${2020 + (i % 6)}-0${1 + (i % 9)}-15`,
    diagnosis: i % 3 ? '贫血待查' : '急性白血病',
  }))
  for (const chunk of inChunks(rows)) await importRows(db, ID, chunk)
  const states = ['pending', 'in_review', 'signed', 'signed', 'signed', 'signed', 'signed'] as const
  const ids = (await db.selectFrom('cases').select('id').orderBy('id').execute()).map(({ id }) => id)
  for (const [i, status] of states.entries()) {
    const some = ids.filter((_, at) => at % states.length === i)
    const readerId = status === 'pending' ? null : i % 2 ? ID : uuid()
    await db.updateTable('cases').set({ status, reader_id: readerId }).where('id', 'in', some).execute()
  }
  const cell: Omit<Insertable<Cells>, 'id' | 'case_id'> = {
    ...{
      field_id: ID,
      analysis_id: null,
      x: 0,
      y: 0,
      width: 1,
      height: 1,
      detection: 1,
      type: 'blast',
      suggested: 'blast',
    },
    ...{
      probability: 0.5,
      probabilities: '[]',
      regions: '[]',
      touches_edge: 0,
      origin: 'model',
      reviewed: 0,
      confirmed: null,
      deleted: 0,
    },
    ...{ version: 1, updated_by: null, updated_at: 1 },
  }
  const cells = ids
    .slice(0, 500)
    .flatMap((id) => Array.from({ length: 10 }, () => ({ ...cell, id: uuid(), case_id: id })))
  for (const chunk of inChunks(cells)) await db.insertInto('cells').values(chunk).execute()
  while ((await refreshDue(db)) > 0);
  // As after a night in which much changed.
  for (const chunk of inChunks(ids)) await summaryDue(db, ...chunk)
}
