import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

const params = { path: { id: 'a b' } }
let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked: string[]
let client: typeof import('./client.ts')

const say = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** What a page has and Node has not: the page's own address, and where the language comes from. */
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim())
      answer(request, response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubGlobal(
    'Request',
    class extends Request {
      constructor(url: string, init?: RequestInit) {
        super(new URL(url, address), init)
      }
    },
  )
  vi.stubGlobal('localStorage', { getItem: () => 'en' })
  vi.stubGlobal('document', { documentElement: {}, createElement: () => ({}) })
  client = await import('./client.ts')
})
afterAll(() => {
  vi.unstubAllGlobals()
  server.close()
})
beforeEach(() => {
  asked = []
})

test('a path, a query and a body are sent as the route takes them, and its answer is given', async () => {
  answer = (_, response) => say(response, 200, { items: [] })
  const query = { search: '林 a', archived: true, pageSize: 8 }
  expect(await client.api.get('/api/patients', { params: { query } })).toEqual({ items: [] })
  answer = (_, response) => say(response, 200, null)
  expect(
    await client.api.post('/api/cases/{id}/addenda', { params, body: { text: 'x', password: 'y' } }),
  ).toBeNull()
  expect(await client.api.delete('/api/cases/{id}/faults', { params })).toBeNull()
  expect(asked).toEqual([
    'GET /api/patients?search=%E6%9E%97%20a&archived=true&pageSize=8',
    'POST /api/cases/a%20b/addenda {"text":"x","password":"y"}',
    'DELETE /api/cases/a%20b/faults',
  ])
})

test('a refusal is thrown with its code, its sentence and what the page needs to go on', async () => {
  const refused = { code: 'CHANGED_MEANWHILE', message: 'It was changed.', details: { version: 3 } }
  answer = (_, response) => say(response, 409, refused)
  await expect(client.api.get('/api/cases/{id}', { params })).rejects.toMatchObject({
    name: 'ApiError',
    status: 409,
    ...refused,
  })
  answer = (_, response) => response.writeHead(502).end('<html>')
  await expect(client.api.get('/api/state')).rejects.toMatchObject({ status: 502, code: 'UNEXPECTED' })
})

test('a session that ended in the middle: the call is made again, with its body, once the person is back', async () => {
  const signedOut = { code: 'NOT_SIGNED_IN', message: 'Sign in.' }
  let back = false
  client.whenExpired(async () => {
    back = true
  })
  answer = (_, response) => (back ? say(response, 200, null) : say(response, 401, signedOut))
  await client.api.post('/api/cases/{id}/addenda', { params, body: { text: 'x', password: 'y' } })
  expect(asked).toEqual(Array(2).fill('POST /api/cases/a%20b/addenda {"text":"x","password":"y"}'))
  back = false
  await expect(client.api.get('/api/me')).rejects.toMatchObject({ status: 401 })
  expect(back).toBe(false)
})

test('a refusal that arrives after the person is back does not ask for the password again', async () => {
  const signedOut = { code: 'NOT_SIGNED_IN', message: 'Sign in.' }
  let back = false
  let times = 0
  let late = () => {}
  client.whenExpired(async () => {
    back = true
    times += 1
  })
  answer = (request, response) => {
    if (back) return say(response, 200, null)
    if (request.url === '/api/state') late = () => say(response, 401, signedOut)
    else say(response, 401, signedOut)
  }
  const slow = client.api.get('/api/state')
  await expect.poll(() => asked.length).toBe(1)
  await client.api.post('/api/cases/{id}/addenda', { params, body: { text: 'x', password: 'y' } })
  late()
  await slow
  expect(times).toBe(1)
})

test('no answer, or half of one, is OFFLINE; an aborted call says that it was', async () => {
  answer = (request) => request.socket.destroy()
  await expect(client.api.get('/api/state')).rejects.toMatchObject({ status: 0, code: 'OFFLINE' })
  answer = (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"ite', () => request.socket.destroy())
  }
  await expect(client.api.get('/api/state')).rejects.toMatchObject({ status: 0, code: 'OFFLINE' })
  answer = () => {}
  const signal = AbortSignal.timeout(50)
  await expect(client.api.get('/api/state', { signal })).rejects.toMatchObject({ name: 'TimeoutError' })
})
