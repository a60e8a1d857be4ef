import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

describe.each(TEST_DATABASES)('the demo on %s', (_, empty) => {
  let server: TestServer
  let technician: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    technician = await server.as('technician')
  })
  afterAll(() => server.close())

  test('it is made once, however often it is asked for at once', async () => {
    const answers = await Promise.all([technician('POST', '/cases/demo'), technician('POST', '/cases/demo')])
    const [first, second] = answers.map((answer) => answer.json())
    expect(first).toMatchObject({ marrowNumber: 'DEMO-1', synthetic: true })
    expect(second.id).toBe(first.id)
    expect((await technician('POST', '/cases/demo')).json().id).toBe(first.id)
    const fields = (await technician('GET', `/cases/${first.id}/fields`)).json()
    expect(fields).toHaveLength(3)
    expect(fields[0].umPerPixel).toBeCloseTo(0.1, 3)
    expect((await technician('GET', `/cases/${first.id}/analyses`)).json()).toHaveLength(1)
  })
})
