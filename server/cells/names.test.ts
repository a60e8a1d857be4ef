import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_NAME_PRESETS } from '../../cytology/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { refreshDue } from '../summaries/refresh.ts'
import { insertCase } from './case-for-tests.ts'
import { forgetCells } from './cell-embeddings.ts'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('finer names, tags and comments on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
    const admin = await server.as('administrator')
    await admin('PUT', '/cell-names', { version: 0, entries: CELL_NAME_PRESETS[0]!.names })
  })
  afterAll(() => server.close())

  const cellsOf = async (id: string) => (await doctor('GET', `/cases/${id}/cells`)).json().cells
  const change = (caseId: string, id: string, version: number, set: object) =>
    doctor('POST', `/cases/${caseId}/changes`, { changes: [{ id, version, set }] })

  test('a finer name settles the cell; another type takes it away, and undo brings it back', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['erythroblast'])
    const id = cellIds[0]!
    const named = (await change(caseId, id, 1, { subtype: 'proerythroblast' })).json().cells[0]
    expect(named).toMatchObject({ type: 'erythroblast', subtype: 'proerythroblast', reviewed: true })
    const other = (await change(caseId, id, 2, { type: 'blast' })).json().cells[0]
    expect(other).toMatchObject({ type: 'blast', subtype: null, version: 3 })
    const back = { type: 'erythroblast', subtype: 'proerythroblast', reviewed: true }
    expect((await change(caseId, id, 3, back)).json().cells[0]).toMatchObject(back)
    const log = (await doctor('GET', `/cases/${caseId}/changes`)).json()
    expect(log[1].changes[0]).toEqual({
      cellId: id,
      before: { type: 'erythroblast', subtype: 'proerythroblast' },
      after: { type: 'blast', subtype: null },
    })
  })

  test('tags are kept in one order, each once, and do not settle the cell', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['erythroblast', 'blast'])
    const [first, second] = cellIds as [string, string]
    const tags = ['vacuoles', 'auer_rod']
    const changes = [first, second].map((id) => ({ id, version: 1, set: { tags } }))
    const answer = (await doctor('POST', `/cases/${caseId}/changes`, { changes })).json()
    expect(answer.cells[0]).toMatchObject({ tags: ['auer_rod', 'vacuoles'], reviewed: false, version: 2 })
    const same = (await change(caseId, first, 2, { tags: ['auer_rod', 'vacuoles'] })).json().cells[0]
    expect(same.version).toBe(2)
    expect((await change(caseId, first, 2, { tags: [] })).json().cells[0].tags).toEqual([])
    const stale = await change(caseId, first, 2, { tags: ['mitosis'] })
    expect([stale.statusCode, stale.json().details.cells[0].tags]).toEqual([409, []])
  })

  test('what is no name of the list, or stands elsewhere, is refused', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['erythroblast'])
    const code = async (set: object) => (await change(caseId, cellIds[0]!, 1, set)).json().code
    expect(await code({ subtype: 'nobody' })).toBe('CELL_NAME_UNKNOWN')
    expect(await code({ subtype: 'auer_rod' })).toBe('CELL_NAME_UNKNOWN')
    expect(await code({ tags: ['proerythroblast'] })).toBe('CELL_NAME_UNKNOWN')
    expect(await code({ subtype: 'myeloblast' })).toBe('CELL_NAME_ELSEWHERE')
    expect(await code({ type: 'blast', subtype: 'proerythroblast' })).toBe('CELL_NAME_ELSEWHERE')
    expect(await code({ tags: Array.from({ length: 11 }, (_, i) => `t${i}`) })).toBe('NOT_VALID')
    expect((await cellsOf(caseId))[0].version).toBe(1)
  })

  test('a megakaryocyte is in no denominator, holds back no signature and is listed apart', async () => {
    const types = [...Array(5).fill('erythroblast'), 'not_identifiable', 'blast'] as const
    const { caseId, cellIds } = await insertCase(server.ports, types as never)
    const checks = async () => (await doctor('GET', `/cases/${caseId}/checks`)).json()
    expect(await checks()).toContainEqual({ code: 'UNIDENTIFIED_LEFT', blocking: true, count: 1 })
    const stages = ['erythroblast_basophilic', 'erythroblast_basophilic', 'proerythroblast']
    const changes = [
      ...stages.map((subtype, i) => ({ id: cellIds[i], version: 1, set: { subtype } })),
      { id: cellIds[5], version: 1, set: { type: 'not_identifiable', subtype: 'megakaryocyte' } },
      { id: cellIds[6], version: 1, set: { tags: ['auer_rod'] } },
    ]
    expect((await doctor('POST', `/cases/${caseId}/changes`, { changes })).statusCode).toBe(200)
    expect(await checks()).not.toContainEqual(expect.objectContaining({ code: 'UNIDENTIFIED_LEFT' }))
    const report = async () => (await doctor('GET', `/cases/${caseId}/report.json`)).json()
    const said = await report()
    expect([said.counted, said.notCounted, said.unnamed]).toEqual([6, 1, 0])
    expect(said.otherCells).toEqual([
      { id: 'megakaryocyte', en: 'Megakaryocyte', zh: '巨核细胞', abbreviation: 'Meg', count: 1 },
    ])
    expect(said.tags).toMatchObject([{ id: 'auer_rod', count: 1 }])
    const { finer, percent } = said.rows.find((row: { type: string }) => row.type === 'erythroblast')
    expect(percent).toBeCloseTo(500 / 6)
    expect(finer.unnamed).toBe(2)
    expect(finer.names.map((one: { zh: string; count: number }) => [one.zh, one.count])).toEqual([
      ['原始红细胞', 1],
      ['早幼红细胞', 2],
      ['中幼红细胞', 0],
      ['晚幼红细胞', 0],
    ])
    expect(finer.names[1].percent).toBeCloseTo(200 / 6)
    expect(said.rows.find((row: { type: string }) => row.type === 'blast').finer).toBeNull()

    const csv = (await doctor('GET', `/cases/${caseId}/report.csv?lang=zh`)).body
    expect(csv).toContain('erythroblast/proerythroblast,  原始红细胞,1')
    expect(csv).toContain('not_counted/megakaryocyte,  巨核细胞,1')
    const payload = { version: 1, password: PASSWORD, accepted: ['UNREVIEWED_LEFT', 'BELOW_TARGET'] }
    expect((await doctor('POST', `/cases/${caseId}/sign`, payload)).statusCode).toBe(200)
    // What the site calls them later changes nothing of what was signed.
    const admin = await server.as('administrator')
    const { version, entries } = (await admin('GET', '/cell-names')).json()
    const renamed = entries.map((one: { id: string }) => ({
      ...one,
      ...(one.id === 'megakaryocyte' && { en: 'MK' }),
    }))
    expect((await admin('PUT', '/cell-names', { version, entries: renamed })).statusCode).toBe(200)
    expect((await report()).otherCells[0].en).toBe('Megakaryocyte')
    const late = await doctor('POST', `/cases/${caseId}/comments`, { cellIds: [cellIds[0]], text: 'late' })
    expect(late.json().code).toBe('CASE_SIGNED')
  })

  test('comments are said of one cell or several, by whom and when', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const text = 'Auer 小体？ <b>look</b>'
    const added = await doctor('POST', `/cases/${caseId}/comments`, { cellIds, text })
    expect(added.json()).toHaveLength(2)
    const all = (await doctor('GET', `/cases/${caseId}/comments`)).json()
    expect(all.map((one: { cellId: string }) => one.cellId).sort()).toEqual([...cellIds].sort())
    expect(all[0]).toMatchObject({ text, userName: expect.any(String) })
    const other = await insertCase(server.ports, ['blast'])
    const elsewhere = { cellIds: other.cellIds, text }
    expect((await doctor('POST', `/cases/${caseId}/comments`, elsewhere)).statusCode).toBe(404)
    const empty = { cellIds, text: ' \n' }
    expect((await doctor('POST', `/cases/${caseId}/comments`, empty)).json().code).toBe('NOT_VALID')
    const reader = await server.as('read_only')
    expect((await reader('POST', `/cases/${caseId}/comments`, { cellIds, text })).statusCode).toBe(403)
  })

  test('what somebody tagged or commented on is still there when its field is analysed again', async () => {
    const { db } = server.ports
    const made = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte'])
    const [tagged, commented] = made.cellIds as [string, string]
    await change(made.caseId, tagged, 1, { tags: ['vacuoles'] })
    const said = { cellIds: [commented], text: 'unsure' }
    await doctor('POST', `/cases/${made.caseId}/comments`, said)
    const field = { id: made.fieldId, case_id: made.caseId }
    const forget = (which: 'found' | 'all') =>
      db.transaction().execute((trx) => forgetCells(trx, field, which))
    expect(await forget('found')).toBe(1)
    const ids = (await cellsOf(made.caseId)).map(({ id }: { id: string }) => id)
    expect(ids.sort()).toEqual([tagged, commented].sort())
    // With its field a comment goes too.
    expect(await forget('all')).toBe(2)
    const left = await db
      .selectFrom('cell_comments')
      .select('id')
      .where('case_id', '=', made.caseId)
      .execute()
    expect(left).toEqual([])
  })

  test('statistics find the cases in which some cell bears a name or a tag', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['lymphocyte', 'blast'])
    await change(caseId, cellIds[0]!, 1, { subtype: 'lymphocyte_reactive', tags: ['giant_form'] })
    while ((await refreshDue(server.ports.db)) > 0);
    const cases = async (name: string) =>
      (await doctor('GET', `/statistics/overview?synthetic=true&name=${name}`)).json().cases
    expect([
      await cases('lymphocyte_reactive'),
      await cases('giant_form'),
      await cases('flame_cell'),
    ]).toEqual([1, 1, 0])
    await change(caseId, cellIds[0]!, 2, { deleted: true })
    while ((await refreshDue(server.ports.db)) > 0);
    expect(await cases('giant_form')).toBe(0)
  })

  test('a blind second reader hears nothing of them, and gives names of their own', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['erythroblast', 'blast'])
    const second = await server.as('doctor', PASSWORD)
    const me = (await second('GET', '/me')).json()
    await change(caseId, cellIds[0]!, 1, { subtype: 'proerythroblast', tags: ['binucleate'] })
    await doctor('POST', `/cases/${caseId}/comments`, { cellIds: [cellIds[0]], text: 'first' })
    const admin = await server.as('administrator')
    const given = await admin('POST', `/cases/${caseId}/second-readings`, { readerId: me.id })
    expect(given.statusCode).toBe(200)
    const seen = async () => (await second('GET', `/cases/${caseId}/cells`)).json().cells
    const [first] = await seen()
    expect(first).toMatchObject({ subtype: null, tags: [], version: 1 })
    expect((await second('GET', `/cases/${caseId}/comments`)).json().code).toBe('BLIND_READING')
    const set = { subtype: 'erythroblast_polychromatic', tags: ['vacuoles'] }
    const own = await second('POST', `/cases/${caseId}/changes`, {
      changes: [{ id: first.id, version: 1, set }],
    })
    expect(own.json().cells[0]).toMatchObject({ ...set, reviewed: true, version: 2 })
    expect((await seen()).find(({ id }: { id: string }) => id === first.id)).toMatchObject(set)
    const ofFirst = (await cellsOf(caseId)).find(({ id }: { id: string }) => id === first.id)
    expect(ofFirst).toMatchObject({ subtype: 'proerythroblast', tags: ['binucleate'] })
    const detail = (await second('GET', `/cells/${first.id}`)).json()
    expect([detail.subtype, detail.history]).toEqual(['erythroblast_polychromatic', []])
  })
})
