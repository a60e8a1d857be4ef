import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_DRAFT, REFERENCE_TABLES, type ReportDraft } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

type Caller = Awaited<ReturnType<TestServer['as']>>

describe.each(TEST_DATABASES)('what is entered into a report, on %s', (_, empty) => {
  let server: TestServer
  let technician: Caller
  let administrator: Caller
  beforeAll(async () => {
    server = await startTestServer(await empty())
    technician = await server.as('technician')
    administrator = await server.as('administrator')
  })
  afterAll(() => server.close())

  const DRAFT: ReportDraft = {
    ...EMPTY_DRAFT,
    department: '血液科',
    cellularity: 'markedly_active',
    megakaryocytes: { count: 12, stages: { granular: 7, naked_nucleus: 5 } },
    texts: { opinion: { zh: '请结合临床。', en: 'Read with the clinic.' } },
  }

  test('a draft is empty first, then kept, and a stale one is answered with the draft as it is', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    const url = `/cases/${caseId}/report-draft`
    expect((await technician('GET', url)).json()).toEqual({ draft: EMPTY_DRAFT, version: 0 })
    const put = (draft: ReportDraft, version: number) => technician('PUT', url, { draft, version })
    expect((await put(DRAFT, 0)).json()).toEqual({ draft: DRAFT, version: 1 })
    const stale = await put({ ...DRAFT, bed: '7' }, 0)
    expect([stale.statusCode, stale.json().details]).toEqual([409, { draft: DRAFT, version: 1 }])
    expect((await put({ ...DRAFT, bed: '7' }, 1)).json().version).toBe(2)
    expect((await technician('GET', url)).json().draft.bed).toBe('7')
    const audited = await server.ports.db
      .selectFrom('audit')
      .select(['event', 'status'])
      .where('subject_id', '=', caseId)
      .where('event', '=', 'report_draft.write')
      .orderBy('at')
      .execute()
    expect(audited.map(({ status }) => status)).toEqual([200, 409, 200])
  })

  test('two first drafts at once: one is kept, the other is told', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    const put = (bed: string) =>
      technician('PUT', `/cases/${caseId}/report-draft`, { draft: { ...DRAFT, bed }, version: 0 })
    const answers = await Promise.all([put('1'), put('2')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test.each([
    ['a grade that is none', { cellularity: 'enormous' }],
    ['a part that is none', { texts: { spleen: { zh: '', en: '' } } }],
    ['half a megakaryocyte', { megakaryocytes: { count: 0.5, stages: {} } }],
    [
      'too many pictures',
      { pictures: Array(13).fill({ kind: 'cell', id: '0'.repeat(36), caption: { zh: '', en: '' } }) },
    ],
  ])('%s is refused', async (_name, change) => {
    const { caseId } = await insertCase(server.ports, [])
    const body = { draft: { ...DRAFT, ...change }, version: 0 }
    expect((await technician('PUT', `/cases/${caseId}/report-draft`, body)).json().code).toBe('NOT_VALID')
  })

  test('the tables that come with the program are there once, the first of them in use', async () => {
    const tables = (await technician('GET', '/reference-tables')).json()
    expect(tables.map((t: { tableId: string }) => t.tableId).sort()).toEqual(
      REFERENCE_TABLES.map(({ id }) => id).sort(),
    )
    const used = tables.filter((t: { active: boolean }) => t.active)
    expect(used.map((t: { tableId: string }) => t.tableId)).toEqual(['adult_iowa'])
  })

  test('a copy is edited into versions, and the one in use stays in use as its next version', async () => {
    const own = {
      name: '本室',
      source: 'Our own 200 donors',
      note: '',
      ranges: { blast: { text: '', low: 0, high: 3 } },
    }
    const save = (body: object) => administrator('POST', '/reference-tables', body)
    const first = (await save(own)).json()
    expect(first).toMatchObject({
      version: 1,
      builtIn: false,
      active: false,
      ranges: { blast: { text: '0–3' } },
    })
    const chosen = (await administrator('POST', `/reference-tables/${first.id}/choose`)).json()
    expect(chosen.filter((t: { active: boolean }) => t.active)).toHaveLength(1)
    const next = { ...own, tableId: first.tableId, version: 1, ranges: { blast: { text: '', below: 4 } } }
    const second = (await save(next)).json()
    expect(second).toMatchObject({ version: 2, active: true, ranges: { blast: { text: '< 4', below: 4 } } })
    const stale = await save(next)
    expect([stale.statusCode, stale.json().details.version]).toEqual([409, 2])
    const before = (await technician('GET', '/reference-tables')).json()
    expect(before.find((t: { id: string }) => t.id === first.id)).toMatchObject({ version: 1, active: false })

    const builtIn = await save({ ...own, tableId: 'adult_iowa', version: 1 })
    expect(builtIn.json().code).toBe('BUILT_IN')
    const upsideDown = await save({ ...own, ranges: { blast: { text: '', low: 5, high: 2 } } })
    expect(upsideDown.json().code).toBe('RANGE_NOT_VALID')
    expect((await technician('POST', '/reference-tables', own)).statusCode).toBe(403)
  })

  test('of tables that several choose at once one is in use, and the audit says which took whose place', async () => {
    const tables = (await administrator('GET', '/reference-tables')).json()
    const choose = (id: string) => administrator('POST', `/reference-tables/${id}/choose`)
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(tables.map(({ id }: { id: string }) => choose(id)))
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(tables.map(() => 200))
      const { db } = server.ports
      const used = await db.selectFrom('reference_tables').select('id').where('active', '=', 1).execute()
      expect(used).toHaveLength(1)
    }
    const [first, second] = tables
    for (const { id } of [first, second]) await choose(id)
    await server.app.journal.settle()
    const last = await server.ports.db
      .selectFrom('audit')
      .select(['subject_id', 'detail'])
      .where('event', '=', 'reference_table.choose')
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    expect(last.subject_id).toBe(second.id)
    expect(JSON.parse(last.detail)).toEqual({
      before: { table: first.name, version: first.version },
      after: { table: second.name, version: second.version },
    })
  })

  test('phrases are there for every part, and are added, changed and taken out of use', async () => {
    const list = async () =>
      (await technician('GET', '/phrases')).json() as { id: string; part: string; active: boolean }[]
    expect(new Set((await list()).map(({ part }) => part)).size).toBe(12)
    const given = { part: 'lymphoid', title: { zh: '新', en: 'New' }, text: { zh: '新的。', en: 'New.' } }
    const added = (await administrator('POST', '/phrases', given)).json()
    expect(added).toMatchObject({ ...given, active: true, version: 1 })
    const patch = (body: object) => administrator('PATCH', `/phrases/${added.id}`, body)
    expect((await patch({ version: 1, text: { zh: '改。', en: 'Changed.' } })).json()).toMatchObject({
      title: given.title,
      text: { zh: '改。', en: 'Changed.' },
      version: 2,
    })
    expect((await patch({ version: 1, active: false })).json()).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      details: { version: 2 },
    })
    await patch({ version: 2, active: false })
    expect((await list()).find(({ id }) => id === added.id)).toMatchObject({ active: false })
  })
})
