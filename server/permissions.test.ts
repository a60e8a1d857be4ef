/** Every route under /api, for a stranger and for every role: who is let through is what the permissions say. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, InjectOptions, RouteOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './for-tests.ts'
import { may, type Permission, ROLES } from './permissions.ts'

/** Anyone may call these; a new one must be added here. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/invitations/by-token/:token',
  'GET /api/state',
  'GET /api/verify/:sha256',
  'POST /api/password-reset',
  'POST /api/register',
  'POST /api/session',
  'POST /api/setup',
]
/** What the documentation's library adds, without a permission of its own. */
const DOCUMENTATION = /^\/api\/docs(\/|$)/
const LET_THROUGH = 299
const ID = '00000000-0000-7000-8000-000000000000'

interface Route {
  name: string
  method: NonNullable<InjectOptions['method']>
  /** Without /api. */
  url: string
  permission: Permission
}

const routes: Route[] = []
let server: TestServer

/** Notes each route, and answers whoever was let through before the route itself would. */
function watch(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method: methods, url, config }: RouteOptions) => {
    if (!url.startsWith('/api/') || DOCUMENTATION.test(url)) return
    for (const method of [methods].flat()) {
      routes.push({
        name: `${method} ${url}`,
        method: method as Route['method'],
        url: url.slice('/api'.length).replace(/:\w+|\*/g, ID),
        permission: config!.permission!,
      })
    }
  })
  fastify.addHook('preParsing', async (_request, reply) => reply.code(LET_THROUGH).send())
}

beforeAll(async () => {
  subscribe('fastify.initialization', watch)
  server = await startTestServer()
  unsubscribe('fastify.initialization', watch)
})
afterAll(() => server.close())

test('the walk finds the routes', () => {
  expect(routes.map(({ name }) => name)).toContain('POST /api/cases/:id/sign')
  expect(routes.length).toBeGreaterThan(50)
})

test('only these are public', () => {
  const open = routes.filter(({ permission, method }) => permission === 'public' && method !== 'HEAD')
  expect(open.map(({ name }) => name).sort()).toEqual(PUBLIC)
})

test('a stranger is told to sign in', async () => {
  const answers: [string, number][] = []
  for (const { name, method, url } of routes) {
    answers.push([name, (await server.app.inject({ method, url: `/api${url}` })).statusCode])
  }
  expect(answers).toEqual(
    routes.map(({ name, permission }) => [name, permission === 'public' ? LET_THROUGH : 401]),
  )
})

test('the documentation is for whoever is signed in', async () => {
  const reader = await server.as('read_only')
  for (const url of ['/docs/', '/docs/json', '/docs/static/index.html']) {
    const stranger = await server.app.inject({ method: 'GET', url: `/api${url}` })
    expect([url, stranger.statusCode]).toEqual([url, 401])
    expect([url, (await reader('GET', url)).statusCode]).toEqual([url, LET_THROUGH])
  }
})

test.each(ROLES)('%s is refused exactly what the role may not do', async (role) => {
  const call = await server.as(role)
  const answers: [string, number][] = []
  for (const { name, method, url } of routes) answers.push([name, (await call(method, url)).statusCode])
  expect(answers).toEqual(
    routes.map(({ name, permission }) => [name, may(role, permission) ? LET_THROUGH : 403]),
  )
})
