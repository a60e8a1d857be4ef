/** A patient in whose every place something was planted is erased; nothing of it is left but in the audit. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { EMPTY_PATIENT } from '../../cytology/index.ts'
import { verifyChain } from '../audit/verify.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { Digest } from '../database/digest.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { type AnyDatabase, isSqlite, rowsOf, tablesOf } from '../database/tables.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { columnsOf } from '../patients/patient-row.ts'
import { refreshDue } from '../summaries/refresh.ts'
import { erasePatient } from './erase-patient.ts'
import { listFiles, removeListedFiles } from './files-to-remove.ts'
import { TABLES_OF_CASE } from './patients-data.ts'
import { PASSWORD, PLANTED, plantPatient } from './planted-for-tests.ts'

/** Read only by whoever may read the audit, and kept as the law demands. */
const AUDIT = ['audit', 'audit_outbox', 'audit_chain']

describe.each(TEST_DATABASES)('an erased patient on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let planted: Awaited<ReturnType<typeof plantPatient>>
  let other: Awaited<ReturnType<typeof insertCase>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator', PASSWORD)
    other = await insertCase(server.ports, ['blast', 'monocyte'])
    planted = await plantPatient(server)
    while ((await refreshDue(server.ports.db)) > 0);
  })
  afterAll(() => server.close())

  /** By table, its rows as text. */
  async function everything(): Promise<Map<string, string[]>> {
    const db = server.ports.db as AnyDatabase
    const found = new Map<string, string[]>()
    for (const table of await tablesOf(db)) {
      const lines: string[] = []
      for await (const rows of rowsOf(db, table, 500)) lines.push(...rows.map((row) => JSON.stringify(row)))
      found.set(table.name, lines)
    }
    return found
  }
  /** 'where: what' of each planted text in tables besides the audit, and in names and contents of files. */
  async function leaks(words: readonly string[]): Promise<string[]> {
    const leaked: string[] = []
    for (const [table, lines] of await everything()) {
      if (AUDIT.includes(table)) continue
      for (const word of words)
        if (lines.some((line) => line.includes(word))) leaked.push(`${table}: ${word}`)
    }
    const folder = server.ports.config.dataFolder
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      for (const word of words) {
        if (path.includes(word) || content.includes(word))
          leaked.push(`${path.slice(folder.length)}: ${word}`)
      }
    }
    return leaked
  }
  const preview = async () => (await administrator('GET', `/patients/${planted.patientId}/erasure`)).json()
  const erase = (change: object = {}) =>
    administrator('POST', `/patients/${planted.patientId}/erase`, {
      ...{ version: 1, password: PASSWORD, reason: 'asked for in writing', confirm: PLANTED.hospitalNumber },
      ...change,
    })

  /** Rows that no erasure of another may touch. */
  async function digestOfOther(): Promise<string> {
    const digest = new Digest()
    for (const [table, lines] of await everything()) {
      for (const line of lines) {
        const own = [other.caseId, other.fieldId, ...other.cellIds].some((id) => line.includes(id))
        if (own && !AUDIT.includes(table)) digest.add({ table, line })
      }
    }
    expect(digest.rows).toBeGreaterThan(4)
    return digest.value
  }

  test('everything was planted where a person could find it', async () => {
    const found = await leaks(Object.values(PLANTED))
    const words = new Set(found.map((line) => line.split(': ')[1]))
    expect([...words].sort()).toEqual(Object.values(PLANTED).sort())
    const tables = new Set(found.map((line) => line.split(': ')[0]))
    for (const table of [
      'patients',
      'search_terms',
      'patient_changes',
      'patient_merges',
      'signatures',
      'jobs',
    ]) {
      expect(tables).toContain(table)
    }
  })

  test('every table whose rows belong to a case is among those that are emptied', async () => {
    const tables = await tablesOf(server.ports.db as AnyDatabase)
    const ofCases = tables.filter(({ columns }) => columns.includes('case_id')).map(({ name }) => name)
    expect(ofCases.filter((name) => !AUDIT.includes(name)).sort()).toEqual([...TABLES_OF_CASE].sort())
  })

  test('it asks for the password, the number, and a word on signed reports', async () => {
    const before = await preview()
    expect(before).toMatchObject({
      ...{ confirm: PLANTED.hospitalNumber, duplicates: 1, cases: 1, fields: 1, cells: 3, reports: 1 },
      ...{ readings: 1, references: 1 },
    })
    const { version } = before
    const doctor = await server.as('doctor', PASSWORD)
    expect((await doctor('POST', `/patients/${planted.patientId}/erase`, {})).statusCode).toBe(403)
    for (const [change, status, code] of [
      [{ version, password: 'wrong' }, 403, 'PASSWORD_WRONG'],
      [{ version, confirm: 'HN' }, 422, 'ERASE_NOT_CONFIRMED'],
      [{ version, reason: ' ' }, 422, 'REASON_MISSING'],
      [{ version: version + 1, acceptSigned: true }, 409, 'CHANGED_MEANWHILE'],
      [{ version }, 409, 'SIGNED_REPORTS'],
    ] as const) {
      const answer = await erase(change)
      expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    }
    const merged = await administrator('POST', `/patients/${planted.duplicateId}/erase`, {
      ...{ version: 2, password: PASSWORD, reason: 'x', confirm: PLANTED.otherNumber },
    })
    expect(merged.json().code).toBe('PATIENT_MERGED')
    expect(await preview()).toEqual(before)
  })

  test('nothing is left in the database but the audit, nothing in the folder', async () => {
    const { db, config } = server.ports
    const untouched = await digestOfOther()
    const ids = [planted.patientId, planted.duplicateId, planted.caseId, planted.fieldId, ...planted.cellIds]
    expect(existsSync(planted.original)).toBe(true)
    const answer = await erase({ version: (await preview()).version, acceptSigned: true })
    expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ cases: 1, cells: 3 })])
    while ((await refreshDue(db)) > 0);

    expect(await leaks(Object.values(PLANTED))).toEqual([])
    expect(untouched).toBe(await digestOfOther())
    for (const [table, lines] of await everything()) {
      if (AUDIT.includes(table) || table === 'erased_patients') continue
      for (const id of ids) expect([table, lines.filter((line) => line.includes(id))]).toEqual([table, []])
    }
    expect(existsSync(planted.original)).toBe(false)
    const files = readdirSync(config.dataFolder, { recursive: true, withFileTypes: true })
    const names = files.filter((one) => one.isFile()).map((one) => one.name)
    for (const id of [planted.fieldId, planted.referenceId]) {
      expect(names.filter((name) => name.includes(id))).toEqual([])
    }
    expect(readdirSync(join(config.dataFolder, 'uploads'))).toEqual([])
  })

  test('not even in pages of the file that nothing uses any more', async () => {
    const { db, config } = server.ports
    if (!isSqlite(db)) return
    const raw = [
      config.databaseUrl.slice('file://'.length),
      `${config.databaseUrl.slice('file://'.length)}-wal`,
    ]
    // Texts that never were in the audit.
    for (const word of [PLANTED.finding, PLANTED.caption, PLANTED.label, PLANTED.addendum]) {
      for (const file of raw.filter((one) => existsSync(one))) {
        expect([word, readFileSync(file).includes(word)]).toEqual([word, false])
      }
    }
  })

  test('the audit still holds, and tells who erased; its id leads to what is left', async () => {
    const { db } = server.ports
    await expect.poll(async () => (await db.selectFrom('audit_outbox').selectAll().execute()).length).toBe(0)
    expect(await verifyChain(db)).toMatchObject({ broken: null })
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('patient_id', '=', planted.patientId)
      .where('event', '=', 'patient.erase')
      .where('status', '=', 200)
      .execute()
    expect(rows).toHaveLength(1)
    expect(rows[0]!.user_id).toBe(administrator.userId)
    expect(JSON.parse(rows[0]!.detail).after).toMatchObject({ reason: 'asked for in writing', cells: 3 })
    for (const id of [planted.patientId, planted.duplicateId]) {
      const gone = await administrator('GET', `/patients/${id}`)
      expect([gone.statusCode, gone.json().code]).toEqual([410, 'PATIENT_ERASED'])
      expect(gone.json().details).toMatchObject({ by: 'A administrator', reason: 'asked for in writing' })
    }
    expect((await erase()).json().code).toBe('PATIENT_ERASED')
    expect((await administrator('GET', `/patients/${planted.patientId}/export`)).statusCode).toBe(410)
  })

  test('a patient with whom it was once merged keeps the history, without the name', async () => {
    const { ok, wronglyId } = planted
    const history = await ok(administrator, 'GET', `/patients/${wronglyId}/history`)
    expect(history.map(({ kind, changes }: { kind: string; changes: object }) => [kind, changes])).toEqual([
      ['unmerge', {}],
      ['merge', {}],
    ])
  })

  test('a patient without a case is not left in the journal, nor when another process reads just then', async () => {
    const { db, config } = server.ports
    if (!isSqlite(db)) return
    const path = fileURLToPath(config.databaseUrl)
    const journal = () => readFileSync(`${path}-wal`)
    const add = async (name: string) => {
      const id = uuid()
      await db
        .insertInto('patients')
        .values({ id, ...columnsOf({ ...EMPTY_PATIENT, name }), version: 1, created_at: 1 })
        .execute()
      expect(journal().includes(name)).toBe(true)
      return { id, version: 1, userId: null, reason: 'asked for' }
    }
    await erasePatient(server.ports, await add('Nocasewhatever'))
    expect(journal().includes('Nocasewhatever')).toBe(false)

    const reader = new SQLite(path)
    onTestFinished(() => void reader.close())
    await sql`pragma busy_timeout = 50`.execute(db)
    const second = await add('Readmeanwhile')
    reader.exec('begin')
    reader.prepare('select count(*) from patients').get()
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    await erasePatient(server.ports, second)
    expect(told.mock.calls.flat().join()).toContain('journal')
    told.mockRestore()
    expect(journal().includes('Readmeanwhile')).toBe(true)
    await expect(removeListedFiles(server.ports)).rejects.toThrow('journal')
    expect(await db.selectFrom('files_to_remove').select('kind').execute()).toEqual([{ kind: 'journal' }])
    reader.exec('commit')
    expect(await removeListedFiles(server.ports)).toBe(0)
    expect(journal().includes('Readmeanwhile')).toBe(false)
  })

  test('files that a crash left are removed at the next start', async () => {
    const { db, config } = server.ports
    const made = await insertCase(server.ports, ['blast'])
    const rendition = join(config.dataFolder, 'renditions', `${made.fieldId}-96.jpg`)
    writeFileSync(rendition, 'x')
    await listFiles(db, [
      { kind: 'stored', name: `fields/${made.fieldId}` },
      { kind: 'renditions', name: made.fieldId },
    ])
    expect(await removeListedFiles(server.ports)).toBe(0)
    expect(existsSync(rendition)).toBe(false)
    expect(existsSync(join(config.dataFolder, 'images/fields', made.fieldId))).toBe(false)
    expect(await db.selectFrom('files_to_remove').selectAll().execute()).toEqual([])
  })
})
