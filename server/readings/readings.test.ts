import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveField } from '../analyses/save-field.ts'
import { insertAnalysis, insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('second readings on %s', (_, empty) => {
  let server: TestServer
  let first: Awaited<ReturnType<TestServer['as']>>
  let second: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    first = await server.as('doctor', PASSWORD)
    second = await server.as('doctor')
  })
  afterAll(() => server.close())

  type Caller = typeof first
  const assign = (caseId: string, readerId: string) =>
    first('POST', `/cases/${caseId}/second-readings`, { readerId })
  /** In the order in which the case has them. */
  const cells = async (who: Caller, caseId: string, query = '') => {
    const answer = (await who('GET', `/cases/${caseId}/cells${query}`)).json()
    return {
      ...answer,
      cells: answer.cells.sort((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)),
    }
  }
  const change = (who: Caller, caseId: string, changes: object[]) =>
    who('POST', `/cases/${caseId}/changes`, { changes })
  /** A case that the first reader has begun and the second was given. */
  async function given() {
    const made = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte', 'not_identifiable'])
    const { caseId, cellIds } = made
    await change(first, caseId, [
      { id: cellIds[0], version: 1, set: { type: 'promyelocyte' } },
      { id: cellIds[1], version: 1, set: { reviewed: true } },
    ])
    const [reading] = (await assign(caseId, second.userId)).json()
    return { ...made, readingId: reading.id as string }
  }

  test('the second reader sees the model’s names and nothing of the first reader', async () => {
    const { caseId, fieldId, cellIds, readingId } = await given()
    const { cells: seen } = await cells(second, caseId)
    expect(seen).toMatchObject([
      { id: cellIds[0], type: 'blast', reviewed: false, version: 1 },
      { id: cellIds[1], type: 'monocyte', reviewed: false, version: 1 },
      { type: 'lymphocyte' },
      { type: 'not_identifiable' },
    ])
    expect((await cells(first, caseId)).cells[0]).toMatchObject({ type: 'promyelocyte', reviewed: true })
    const differential = (await second('GET', `/cases/${caseId}/differential`)).json()
    const one = (await second('GET', `/cells/${cellIds[0]}`)).json()
    expect(one).toMatchObject({ type: 'blast', reviewed: false, history: [] })
    expect(one.probabilities).toHaveLength(13)
    expect(differential.byType).toMatchObject({ blast: { count: 1 }, promyelocyte: { count: 0 } })
    const { items } = (await second('GET', '/cases?pageSize=200')).json()
    const row = items.find(({ id }: { id: string }) => id === caseId)
    expect(row).toMatchObject({ reviewed: 0, blast: null, secondReading: { status: 'open' } })
    for (const [method, url, body] of [
      ['GET', `/cases/${caseId}/changes`],
      ['GET', `/cases/${caseId}/checks`],
      ['GET', `/cases/${caseId}/manual-count`],
      ['GET', `/cases/${caseId}/signatures`],
      ['GET', `/second-readings/${readingId}/cells`],
      ['DELETE', `/second-readings/${readingId}`],
      ['POST', `/fields/${fieldId}/cells`, { box: { x: 9, y: 9, width: 60, height: 60 } }],
      ['POST', `/cases/${caseId}/sign`, { version: 1, password: 'x', accepted: [] }],
    ] as const) {
      const answer = await second(method, url, body)
      expect([method, url, answer.statusCode, answer.json().code]).toEqual([
        method,
        url,
        403,
        'BLIND_READING',
      ])
    }
  })

  test('both read at once without touching each other, and neither sees the other before the end', async () => {
    const { caseId, cellIds, readingId } = await given()
    const since = Date.now()
    const named = await change(second, caseId, [
      { id: cellIds[0], version: 1, set: { type: 'blast' } },
      { id: cellIds[1], version: 1, set: { type: 'monocyte' } },
      { id: cellIds[2], version: 1, set: { type: 'plasma_cell' } },
    ])
    expect(named.json().cells).toMatchObject([
      { id: cellIds[0], type: 'blast', reviewed: true, version: 2 },
      { type: 'monocyte', reviewed: true, version: 2 },
      { type: 'plasma_cell', reviewed: true, version: 2 },
    ])
    expect(
      (await cells(second, caseId, `?since=${since}`)).cells.map((c: { id: string }) => c.id).sort(),
    ).toEqual(cellIds.slice(0, 3).sort())
    const stale = await change(second, caseId, [{ id: cellIds[0], version: 1, set: { type: 'basophil' } }])
    expect(stale.json()).toMatchObject({ code: 'CHANGED_MEANWHILE', details: { cells: [{ version: 2 }] } })
    const undone = await change(second, caseId, [
      { id: cellIds[2], version: 2, set: { type: 'lymphocyte', reviewed: false } },
    ])
    expect(undone.json().cells).toMatchObject([{ type: 'lymphocyte', reviewed: false, version: 3 }])
    expect((await cells(first, caseId)).cells).toMatchObject([
      { type: 'promyelocyte', version: 2 },
      { type: 'monocyte', version: 2 },
      { type: 'lymphocyte', reviewed: false, version: 1 },
      { type: 'not_identifiable' },
    ])
    const early = await first('GET', `/second-readings/${readingId}/cells`)
    expect([early.statusCode, early.json().code]).toEqual([409, 'READING_OPEN'])
    expect((await first('GET', `/cases/${caseId}/changes`)).json()).toHaveLength(1)
  })

  test('boxes are fixed for the second reader', async () => {
    const { caseId, cellIds } = await given()
    const box = { x: 9, y: 9, width: 60, height: 60 }
    for (const set of [{ deleted: true }, { box }]) {
      const answer = await change(second, caseId, [{ id: cellIds[2], version: 1, set }])
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'BOXES_FIXED'])
    }
    const other = await insertCase(server.ports, ['blast'])
    const foreign = await change(second, caseId, [
      { id: other.cellIds[0], version: 1, set: { type: 'blast' } },
    ])
    expect(foreign.statusCode).toBe(404)
  })

  test('the end measures agreement, opens the case to the second reader, and is signed with it', async () => {
    const { caseId, cellIds, readingId } = await given()
    expect((await second('POST', `/second-readings/${readingId}/finish`)).json().code).toBe('NOTHING_READ')
    await change(second, caseId, [
      { id: cellIds[0], version: 1, set: { type: 'blast' } },
      { id: cellIds[1], version: 1, set: { reviewed: true } },
      { id: cellIds[2], version: 1, set: { reviewed: true } },
    ])
    const checks = (await first('GET', `/cases/${caseId}/checks`)).json()
    expect(checks).toContainEqual({ code: 'SECOND_READING_OPEN', blocking: false, count: 1 })
    expect((await first('POST', `/second-readings/${readingId}/finish`)).json().code).toBe('NOT_YOUR_READING')
    const [reading] = (await second('POST', `/second-readings/${readingId}/finish`)).json()
    expect(reading).toMatchObject({ status: 'finished', reviewed: 3, cells: 4 })
    expect(reading.agreement).toMatchObject({
      cells: 2,
      agreed: 1,
      pairs: [
        { first: 'monocyte', second: 'monocyte', count: 1 },
        { first: 'promyelocyte', second: 'blast', count: 1 },
      ],
    })
    // 1 of 2 agree, chance alone 1/4.
    expect(reading.agreement.kappa).toBeCloseTo(1 / 3, 10)
    expect((await second('POST', `/second-readings/${readingId}/finish`)).json().code).toBe(
      'READING_NOT_OPEN',
    )
    const named = (await first('GET', `/second-readings/${readingId}/cells`)).json()
    expect(named).toHaveLength(3)
    expect(named).toContainEqual({ id: cellIds[0], type: 'blast' })
    expect((await cells(second, caseId)).cells[0]).toMatchObject({ type: 'promyelocyte', version: 2 })

    await change(first, caseId, [{ id: cellIds[3], version: 1, set: { reviewed: true } }])
    const { version } = (await first('GET', `/cases/${caseId}`)).json()
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
    const signed = await first('POST', `/cases/${caseId}/sign`, { version, password: PASSWORD, accepted })
    expect(signed.json()).toMatchObject({ status: 'signed', secondReading: { status: 'finished' } })
    const { snapshot } = await server.ports.db
      .selectFrom('signatures')
      .select('snapshot')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(snapshot).secondReading).toMatchObject({
      reader_id: second.userId,
      agreement: { cells: 2, agreed: 1 },
    })
  })

  test('who reads second: someone who may read, and who has not read first', async () => {
    const { caseId, readingId } = await given()
    const readOnly = await server.as('read_only')
    expect((await assign(caseId, readOnly.userId)).json().code).toBe('READER_UNKNOWN')
    expect((await assign(caseId, caseId)).json().code).toBe('READER_UNKNOWN')
    expect((await assign(caseId, first.userId)).json().code).toBe('READER_IS_FIRST')
    expect((await assign(caseId, second.userId)).json()[0].id).toBe(readingId)
    const third = await server.as('technician')
    const [now, before] = (await assign(caseId, third.userId)).json()
    expect([now.readerId, now.status, before.status]).toEqual([third.userId, 'open', 'withdrawn'])
    // Taken back, the reading binds its reader no longer.
    expect((await second('GET', `/cases/${caseId}/changes`)).statusCode).toBe(200)
    expect((await first('DELETE', `/second-readings/${now.id}`)).statusCode).toBe(200)
    expect((await first('GET', `/cases/${caseId}`)).json().secondReading).toBeNull()
  })

  test('a reading that is open when the case is signed is withdrawn', async () => {
    const { caseId, cellIds, readingId } = await given()
    await change(second, caseId, [{ id: cellIds[2], version: 1, set: { reviewed: true } }])
    await change(first, caseId, [{ id: cellIds[3], version: 1, set: { reviewed: true } }])
    const { version } = (await first('GET', `/cases/${caseId}`)).json()
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET', 'SECOND_READING_OPEN']
    const signed = await first('POST', `/cases/${caseId}/sign`, { version, password: PASSWORD, accepted })
    expect(signed.statusCode).toBe(200)
    expect((await second('POST', `/second-readings/${readingId}/finish`)).json().code).toBe('CASE_SIGNED')
    expect((await cells(second, caseId)).cells[0].type).toBe('promyelocyte')
  })

  test('a cell that only the second reader has named stays when its field is analysed again', async () => {
    const { caseId, fieldId, cellIds } = await given()
    await change(second, caseId, [{ id: cellIds[2], version: 1, set: { type: 'plasma_cell' } }])
    await server.ports.db.updateTable('fields').set({ status: 'waiting' }).where('id', '=', fieldId).execute()
    const scale = { umPerPixel: 0.1, source: 'given' } as const
    const result = { file: '', width: 256, height: 256, scale, warnings: [], cells: [], recogniser: '' }
    const field = { id: fieldId, version: 1, case_id: caseId }
    const analysisId = await insertAnalysis(server.ports, caseId)
    expect(await saveField(server.ports.db, analysisId, field, result)).toBe(true)
    const { db } = server.ports
    // An analysis that was ended meanwhile brings nothing more.
    await db.updateTable('analyses').set({ status: 'cancelled' }).where('id', '=', analysisId).execute()
    await db.updateTable('fields').set({ status: 'waiting' }).where('id', '=', fieldId).execute()
    expect(await saveField(db, analysisId, { ...field, version: 2 }, result)).toBe(false)
    const left = (await cells(second, caseId)).cells.map((cell: { id: string }) => cell.id)
    expect(left.sort()).toEqual(cellIds.slice(0, 3).sort())
  })
})
