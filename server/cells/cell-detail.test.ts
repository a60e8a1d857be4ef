import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase } from './case-for-tests.ts'

describe.each(TEST_DATABASES)('one cell on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  test('a cell is told in full, with what was done to it and nothing of the others', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const [id, other] = cellIds
    const change = (changes: object[]) => doctor('POST', `/cases/${caseId}/changes`, { changes })
    await change(cellIds.map((one) => ({ id: one, version: 1, set: { reviewed: true } })))
    await change([{ id: other, version: 2, set: { type: 'basophil' } }])
    await change([{ id, version: 2, set: { type: 'lymphocyte' } }])
    await change([{ id, version: 3, set: { deleted: true } }])
    const cell = (await doctor('GET', `/cells/${id}`)).json()
    expect(cell).toMatchObject({
      id,
      type: 'lymphocyte',
      suggested: 'blast',
      deleted: true,
      version: 4,
      regions: [
        [10.5, 20.25],
        [30, 40],
      ],
    })
    expect(cell.probabilities).toHaveLength(13)
    expect(cell.probabilities[0]).toBe(0.8)
    expect(
      cell.history.map(({ before, after }: { before: object; after: object }) => [before, after]),
    ).toEqual([
      [
        { reviewed: false, confirmed: null },
        { reviewed: true, confirmed: 'together' },
      ],
      [
        { type: 'blast', confirmed: 'together' },
        { type: 'lymphocyte', confirmed: 'singly' },
      ],
      [{ deleted: false }, { deleted: true }],
    ])
    expect(cell.history[0]).toMatchObject({ userName: 'A doctor', at: expect.any(Number) })
  })

  test('a cell that is not there is not found', async () => {
    const { caseId } = await insertCase(server.ports, [])
    for (const path of ['', '/similar', '/references']) {
      expect((await doctor('GET', `/cells/${caseId}${path}`)).statusCode).toBe(404)
    }
  })
})
