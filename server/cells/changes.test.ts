import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase, SIDE } from './case-for-tests.ts'

describe.each(TEST_DATABASES)('changes on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  const list = async (id: string, query = '') => (await doctor('GET', `/cases/${id}/cells${query}`)).json()
  const change = (id: string, changes: object[]) => doctor('POST', `/cases/${id}/changes`, { changes })

  test('cells are listed as they are, without the deleted ones', async () => {
    const { caseId, fieldId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const { cells } = await list(caseId)
    expect(cells).toHaveLength(2)
    expect(cells[1]).toMatchObject({
      id: cellIds[1],
      fieldId,
      box: { x: 10.5, y: 0, width: 40, height: 30.25 },
      type: 'monocyte',
      touchesEdge: false,
      reviewed: false,
      version: 1,
    })
    expect(cells[1]).not.toHaveProperty('probabilities')
    await change(caseId, [{ id: cellIds[0], version: 1, set: { deleted: true } }])
    expect((await list(caseId)).cells).toHaveLength(1)
  })

  test('a new type marks the cell as reviewed; undo is the inverse change', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const heard: unknown[] = []
    const stop = server.ports.events.on(caseId, null, (event) => heard.push(event))
    const answer = await change(caseId, [{ id: cellIds[0], version: 1, set: { type: 'lymphocyte' } }])
    stop()
    expect(answer.statusCode).toBe(200)
    expect(answer.json().cells).toMatchObject([
      { id: cellIds[0], type: 'lymphocyte', suggested: 'blast', reviewed: true, version: 2 },
    ])
    expect(heard).toMatchObject([{ kind: 'cells', cellIds: [cellIds[0]] }])
    const [entry] = (await doctor('GET', `/cases/${caseId}/changes`)).json()
    expect(entry.userName).toBeTruthy()
    expect(entry.changes).toEqual([
      {
        cellId: cellIds[0],
        before: { type: 'blast', reviewed: false, confirmed: null },
        after: { type: 'lymphocyte', reviewed: true, confirmed: 'singly' },
      },
    ])
    const undone = await change(caseId, [{ id: cellIds[0], version: 2, set: entry.changes[0].before }])
    expect(undone.json().cells).toMatchObject([{ type: 'blast', reviewed: false, version: 3 }])
  })

  test('since tells what changed after an answer, deleted cells too', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte'])
    const { at } = await list(caseId)
    await change(caseId, [{ id: cellIds[2], version: 1, set: { deleted: true } }])
    const { cells } = await list(caseId, `?since=${at}`)
    expect(cells).toMatchObject([{ id: cellIds[2], deleted: true, version: 2 }])
  })

  test('one stale cell: nothing is changed, and the cell is told as it is', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    await change(caseId, [{ id: cellIds[1], version: 1, set: { reviewed: true } }])
    const before = await list(caseId)
    const answer = await change(
      caseId,
      cellIds.map((id) => ({ id, version: 1, set: { type: 'eosinophil' } })),
    )
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'CHANGED_MEANWHILE' })
    expect(answer.json().details.cells).toEqual([before.cells[1]])
    expect((await list(caseId)).cells).toEqual(before.cells)
  })

  test('two at once: one is made, the other is a conflict', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast'])
    const answers = await Promise.all(
      ['myelocyte', 'basophil'].map((type) =>
        change(caseId, [{ id: cellIds[0], version: 1, set: { type } }]),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect((await list(caseId)).cells[0].version).toBe(2)
  })

  test('a box is moved inside its field only, and is never tiny', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'blast'])
    const move = (box: object) => change(caseId, [{ id: cellIds[0], version: 1, set: { box } }])
    for (const box of [
      { x: -1, y: 0, width: 20, height: 20 },
      { x: SIDE - 10, y: 0, width: 11, height: 20 },
      { x: 0, y: 0, width: 2.9, height: 20 },
      { x: 0, y: 0, width: -20, height: 20 },
    ]) {
      const answer = await move(box)
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'BOX_NOT_VALID'])
    }
    const box = { x: SIDE - 20, y: 30.5, width: 20, height: 25 }
    expect((await move(box)).json().cells).toMatchObject([{ box, touchesEdge: true, version: 2 }])
  })

  test("another case's cell, an unknown cell and a cell named twice are refused", async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast'])
    const other = await insertCase(server.ports, ['blast'])
    const set = { reviewed: true }
    const asked = [
      { id: cellIds[0], version: 1, set },
      { id: other.cellIds[0], version: 1, set },
    ]
    expect((await change(caseId, asked)).statusCode).toBe(404)
    expect((await change(caseId, [asked[0]!, asked[0]!])).json().code).toBe('CELL_TWICE')
    expect((await list(caseId)).cells[0].reviewed).toBe(false)
    expect((await list(other.caseId)).cells[0].reviewed).toBe(false)
  })

  test('10,000 cells are changed at once, one more is refused', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, Array(10_001).fill('blast'))
    const changes = cellIds.map((id, i) => ({
      id,
      version: 1,
      set: i % 2 ? { type: 'lymphocyte' } : { reviewed: true },
    }))
    expect((await change(caseId, changes)).statusCode).toBe(400)
    const answer = await change(caseId, changes.slice(1))
    expect(answer.statusCode).toBe(200)
    const { cells } = answer.json()
    expect(cells).toHaveLength(10_000)
    expect(
      cells.every((cell: { reviewed: boolean; version: number }) => cell.reviewed && cell.version === 2),
    ).toBe(true)
    const url = `/cases/${caseId}/differential?basis=reviewed`
    const { byType } = (await doctor('GET', url)).json()
    expect([byType.blast.count, byType.lymphocyte.count]).toEqual([5000, 5000])
  })

  test('who may only read changes nothing', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast'])
    const reader = await server.as('read_only')
    const changes = [{ id: cellIds[0], version: 1, set: { reviewed: true } }]
    const answer = await reader('POST', `/cases/${caseId}/changes`, { changes })
    expect(answer.statusCode).toBe(403)
  })
})
