/** Three hundred pages look at one case: each hears of a change, one that does not read holds nobody up, and none is left behind. */
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const LISTENERS = 300

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

const connections = () =>
  new Promise<number>((done, failed) =>
    server.app.server.getConnections((error, count) => (error ? failed(error) : done(count))),
  )

test(`${LISTENERS} listeners of one case`, async () => {
  const doctor = await server.as('doctor')
  const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
  const { port } = server.app.server.address() as AddressInfo
  const path = `/api/cases/${caseId}/events`
  const end = new AbortController()
  const heard = await Promise.all(
    Array.from({ length: LISTENERS }, async () => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { cookie: doctor.cookie },
        signal: end.signal,
      })
      expect(answer.status).toBe(200)
      let text = ''
      const reading = (async () => {
        for await (const part of answer.body!) text += Buffer.from(part).toString()
      })().catch(() => {})
      return { text: () => text, reading }
    }),
  )
  // One that asks and never reads.
  const asleep = connect(port, '127.0.0.1')
  await once(asleep, 'connect')
  asleep.pause()
  asleep.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${doctor.cookie}\r\n\r\n`)

  const changes = [{ id: cellIds[0], version: 1, set: { type: 'lymphocyte' } }]
  const begun = performance.now()
  expect((await doctor('POST', `/cases/${caseId}/changes`, { changes })).statusCode).toBe(200)
  const told = () => heard.filter(({ text }) => text().includes(cellIds[0]!)).length
  await expect.poll(told, { interval: 20 }).toBe(LISTENERS)
  expect(performance.now() - begun).toBeLessThan(10_000)
  // Each heard it once.
  expect(heard.every(({ text }) => text().split(cellIds[0]!).length === 2)).toBe(true)
  expect((await doctor('GET', `/cases/${caseId}`)).statusCode).toBe(200)

  end.abort()
  asleep.destroy()
  await Promise.all(heard.map(({ reading }) => reading))
  await expect.poll(connections).toBe(0)
}, 120_000)
