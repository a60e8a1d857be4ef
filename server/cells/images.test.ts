import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase, SIDE } from './case-for-tests.ts'

describe.each(TEST_DATABASES)('cells of a drawn field on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  const add = (fieldId: string, payload: object) => doctor('POST', `/fields/${fieldId}/cells`, payload)
  const box = { x: 68, y: 68, width: 120, height: 120 }

  test('a drawn box is named by the network, and waits for review', async () => {
    const { caseId, fieldId } = await insertCase(server.ports, [])
    const answer = await add(fieldId, { box })
    expect(answer.statusCode).toBe(200)
    const cell = answer.json()
    expect(cell).toMatchObject({ fieldId, box, detection: 1, origin: 'person', reviewed: false, version: 1 })
    expect(cell.type).toBe(cell.suggested)
    const { probabilities, regions } = (await doctor('GET', `/cells/${cell.id}`)).json()
    expect(probabilities.reduce((sum: number, p: number) => sum + p)).toBeCloseTo(1, 3)
    expect(regions).toHaveLength(6)
    const url = `/cases/${caseId}`
    expect((await doctor('GET', `${url}/cells`)).json().cells).toEqual([cell])
    expect((await doctor('GET', `${url}/changes`)).json()).toMatchObject([
      { changes: [{ cellId: cell.id, before: null }] },
    ])
  })

  test('a type that the person gives stands, beside what the network said', async () => {
    const { fieldId } = await insertCase(server.ports, [])
    expect((await add(fieldId, { box, type: 'basophil' })).json()).toMatchObject({
      type: 'basophil',
      reviewed: true,
    })
  })

  test('a box that leaves the field and a field that is not there are refused', async () => {
    const { caseId, fieldId } = await insertCase(server.ports, [])
    const outside = await add(fieldId, { box: { ...box, x: SIDE - 100 } })
    expect([outside.statusCode, outside.json().code]).toEqual([422, 'BOX_NOT_VALID'])
    expect((await add(caseId, { box })).statusCode).toBe(404)
  })

  test('a crop shows the same length for every cell, grey beyond the border', async () => {
    const { cellIds } = await insertCase(server.ports, ['blast'])
    const url = `/cells/${cellIds[0]}/crop?size=100&um=20&v=1`
    const answer = await doctor('GET', url)
    expect(answer.headers['content-type']).toBe('image/webp')
    expect(answer.headers['cache-control']).toContain('immutable')
    const { data, info } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([100, 100])
    // The box's centre is 20 × 15 pixels from the corner and the crop 200 wide: the first 80 × 85 lie outside.
    const at = (x: number, y: number) => [...data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)]
    for (const value of [...at(5, 5), ...at(90, 10), ...at(10, 90)])
      expect(Math.abs(value - 0xe8)).toBeLessThan(4)
    expect(at(70, 70).some((value) => Math.abs(value - 0xe8) > 6)).toBe(true)
    const headers = { cookie: doctor.cookie, 'if-none-match': String(answer.headers.etag) }
    const again = await server.app.inject({ url: `/api${url}`, headers })
    expect(again.statusCode).toBe(304)
  })

  test('an address without the version is asked for again each time', async () => {
    const { cellIds } = await insertCase(server.ports, ['blast'])
    const answer = await doctor('GET', `/cells/${cellIds[0]}/crop`)
    expect(answer.headers['cache-control']).toBe('private, no-cache')
    expect((await sharp(answer.rawPayload).metadata()).width).toBe(96)
  })
})
