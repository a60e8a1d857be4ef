import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase, SIDE } from './case-for-tests.ts'

describe.each(TEST_DATABASES)('a cell is measured on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  /** A cell drawn by hand around the one in the middle of the test's field. */
  async function middleCell() {
    const { caseId, fieldId } = await insertCase(server.ports, [])
    const box = { x: SIDE / 2 - 72, y: SIDE / 2 - 72, width: 144, height: 144 }
    const cell = (
      await doctor('POST', `/fields/${fieldId}/cells`, { box, type: 'segmented_neutrophil' })
    ).json()
    return { caseId, fieldId, cell }
  }

  test('in µm of the stored original, as its box is now, and the audit says so', async () => {
    const { caseId, cell } = await middleCell()
    const url = `/cells/${cell.id}/measurements`
    const measured = (await doctor('GET', url)).json()
    expect(measured.cut).toBe(false)
    // The recipe of a segmented neutrophil: 12 to 15.5 µm.
    expect(measured.cellDiameterUm).toBeGreaterThan(11)
    expect(measured.cellDiameterUm).toBeLessThan(16.5)
    expect(measured.nucleusDiameterUm).toBeLessThan(measured.cellDiameterUm)
    expect(measured.ncRatio).toBeCloseTo((measured.nucleusDiameterUm / measured.cellDiameterUm) ** 2, 2)
    const box = { ...cell.box, x: 0, width: cell.box.width + cell.box.x }
    await doctor('POST', `/cases/${caseId}/changes`, {
      changes: [{ id: cell.id, version: 1, set: { box } }],
    })
    expect((await doctor('GET', url)).json()).toMatchObject({ cut: true, cellDiameterUm: null })
    const events = await server.ports.db
      .selectFrom('audit')
      .select(['event'])
      .where('event', '=', 'cell.measurements')
      .execute()
    expect(events.length).toBeGreaterThanOrEqual(2)
  })

  test('nothing in a field without a scale', async () => {
    const { fieldId, cell } = await middleCell()
    await server.ports.db
      .updateTable('fields')
      .set({ um_per_pixel: null })
      .where('id', '=', fieldId)
      .execute()
    const answer = await doctor('GET', `/cells/${cell.id}/measurements`)
    expect(answer.json()).toMatchObject({ cellDiameterUm: null, cytoplasmBlueness: null, cut: false })
  })

  test('not once the images are removed, nor a cell that is not there', async () => {
    const { caseId, cell } = await middleCell()
    await server.ports.db
      .updateTable('cases')
      .set({ images_removed_at: 1_700_000_000_000 })
      .where('id', '=', caseId)
      .execute()
    const removed = await doctor('GET', `/cells/${cell.id}/measurements`)
    expect([removed.statusCode, removed.json().code]).toEqual([410, 'IMAGES_REMOVED'])
    expect((await doctor('GET', `/cells/${caseId}/measurements`)).statusCode).toBe(404)
  })
})
