/** A box that is adjusted is looked at again by the real networks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase, turnOrder } from './case-for-tests.ts'

const MIDDLE = { x: 68, y: 68, width: 120, height: 120 }
const CORNER = { x: 0, y: 0, width: 40, height: 40 }

describe.each(TEST_DATABASES)('an adjusted box on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  /** What the network says of the cell in the middle of the field. */
  let middle: string
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
    const { fieldId } = await insertCase(server.ports, [])
    middle = (await doctor('POST', `/fields/${fieldId}/cells`, { box: MIDDLE })).json().suggested
  })
  afterAll(() => server.close())

  /** A cell that the network named in the corner of the field, away from the neutrophil in its middle. */
  async function cornerCell(payload: object = {}) {
    const { caseId, fieldId } = await insertCase(server.ports, [])
    const cell = (await doctor('POST', `/fields/${fieldId}/cells`, { box: CORNER, ...payload })).json()
    return { caseId, fieldId, cell }
  }
  const change = (caseId: string, id: string, version: number, set: object) =>
    doctor('POST', `/cases/${caseId}/changes`, { changes: [{ id, version, set }] })
  const detail = async (id: string) => (await doctor('GET', `/cells/${id}`)).json()
  const embedding = (id: string) =>
    server.ports.db.selectFrom('cell_embeddings').selectAll().where('cell_id', '=', id).execute()

  test('an unreviewed cell takes the new name, and taking the box back gives the old one', async () => {
    const { caseId, cell } = await cornerCell()
    expect(cell.type).not.toBe(middle)
    const before = await detail(cell.id)
    const seenBefore = await embedding(cell.id)
    const [moved] = (await change(caseId, cell.id, 1, { box: MIDDLE })).json().cells
    expect(moved).toMatchObject({ box: MIDDLE, reviewed: false, version: 2 })
    expect(moved.suggested).toBe(middle)
    expect(moved.type).toBe(moved.suggested)
    const after = await detail(cell.id)
    expect(after.probabilities).not.toEqual(before.probabilities)
    expect(after.regions).not.toEqual(before.regions)
    expect(Math.max(...after.probabilities)).toBe(moved.probability)
    expect(after.history.at(-1)).toMatchObject({
      before: { box: CORNER, type: before.type },
      after: { box: MIDDLE, type: middle },
    })
    const seenAfter = await embedding(cell.id)
    expect(seenAfter).toHaveLength(1)
    expect(seenAfter[0]!.embedding).not.toBe(seenBefore[0]!.embedding)

    const [back] = (await change(caseId, cell.id, 2, { box: CORNER })).json().cells
    expect(back).toEqual({ ...cell, version: 3 })
    expect(await embedding(cell.id)).toEqual(seenBefore)
  })

  test('a reviewed cell keeps its type; so does one that the same change names or confirms', async () => {
    const reviewed = await cornerCell({ type: 'basophil' })
    const [kept] = (await change(reviewed.caseId, reviewed.cell.id, 1, { box: MIDDLE })).json().cells
    expect(kept).toMatchObject({
      type: 'basophil',
      suggested: middle,
      reviewed: true,
      version: 2,
    })
    const named = await cornerCell()
    const set = { box: MIDDLE, type: named.cell.type, reviewed: false }
    const [said] = (await change(named.caseId, named.cell.id, 1, set)).json().cells
    expect(said).toMatchObject({ type: named.cell.type, suggested: middle, reviewed: false })
    const confirmed = await cornerCell()
    const [sure] = (
      await change(confirmed.caseId, confirmed.cell.id, 1, { box: MIDDLE, reviewed: true })
    ).json().cells
    expect(sure).toMatchObject({
      type: confirmed.cell.type,
      suggested: middle,
      reviewed: true,
    })
  })

  test('without networks the box is saved with the name that the cell had', async () => {
    const { caseId, fieldId, cell } = await cornerCell()
    await server.ports.storage.remove(`fields/${fieldId}`)
    const answer = await change(caseId, cell.id, 1, { box: MIDDLE })
    expect(answer.json().cells).toEqual([{ ...cell, box: MIDDLE, touchesEdge: false, version: 2 }])
    expect((await detail(cell.id)).history.at(-1).after).toEqual({ box: MIDDLE })
  })

  test('a moved cell of an analysis with another order is told by what the network says now', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['basophil'])
    await turnOrder(server.ports, caseId)
    const [moved] = (await change(caseId, cellIds[0]!, 1, { box: MIDDLE })).json().cells
    const { probabilities } = await detail(cellIds[0]!)
    expect(moved.suggested).toBe(middle)
    expect(probabilities[CELL_CLASSES.indexOf(moved.suggested)]).toBe(moved.probability)
  })

  test('a stale box is a conflict as before, and nothing of the cell is changed', async () => {
    const { caseId, cell } = await cornerCell()
    await change(caseId, cell.id, 1, { reviewed: true })
    const answer = await change(caseId, cell.id, 1, { box: MIDDLE })
    expect([answer.statusCode, answer.json().details.cells[0].version]).toEqual([409, 2])
    expect((await detail(cell.id)).box).toEqual(CORNER)
  })
})
