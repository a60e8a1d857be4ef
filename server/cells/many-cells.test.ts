import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase } from './case-for-tests.ts'
import { Cells } from './schemas.ts'

const MANY = 100_000

describe.each(TEST_DATABASES)('a field of 100,000 cells on %s', (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(await empty())
  }, 60_000)
  afterAll(() => server.close())

  test('is answered whole, and others are answered meanwhile', async () => {
    const { caseId } = await insertCase(server.ports, Array(MANY).fill('blast'))
    const other = await insertCase(server.ports, ['blast'])
    const reader = await server.as('doctor')
    let answered = 0
    let done = false
    const many = reader('GET', `/cases/${caseId}/cells`).finally(() => {
      done = true
    })
    while (!done) {
      expect((await reader('GET', `/cases/${other.caseId}`)).statusCode).toBe(200)
      answered++
    }
    const answer = (await many).json()
    expect(answer.cells.length).toBe(MANY)
    expect(Value.Check(Cells, { ...answer, cells: answer.cells.slice(0, 100) })).toBe(true)
    // Read and written in one go on the thread that answers, it would let one or two of them through.
    expect(answered).toBeGreaterThan(10)
  }, 180_000)
})
