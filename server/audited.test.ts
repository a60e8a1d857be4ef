/** Every route that touches a case has an audit event, and its address says whose data they are. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { nounOf } from './audit/audit.ts'
import { isKnownNoun } from './audit/concerned.ts'
import { startTestServer } from './for-tests.ts'

const UPLOAD = 'the beginning is recorded (POST), and the field that it becomes'

/** Nouns that belong to no case, or whose change names its patient itself. */
const OF_THE_SITE = ['references', 'reference-sets', 'merges', 'scale-profiles']

/** Not recorded, and why. While the audit cannot be written these are refused like all others. */
const UNRECORDED: Readonly<Record<string, string>> = {
  'GET /api/cases/:id/analyses': 'how far the networks are; nothing of the patient',
  'GET /api/cases/:id/events': 'ids of what changed; reading it is recorded where it is read',
  'GET /api/cells/:id/crop': 'a gallery asks for thousands; the list of cells, which names them, is recorded',
  'GET /api/fields/:id/image':
    'a filmstrip asks for hundreds; the list of fields, which names them, is recorded',
  'GET /api/inbox':
    'every page asks every few seconds; marrow numbers of what waits for the caller, no result',
  'GET /api/phrases': 'phrases of the site; nothing of a patient',
  'GET /api/report-settings': 'head, marks and address of reports; nothing of a patient',
  'GET /api/report-settings/logos/:sha256': 'the logo of the site; nothing of a patient',
  'GET /api/reference-tables': 'ranges of the site; nothing of a patient',
  'GET /api/readers': 'names of colleagues; nothing of a patient',
  'GET /api/scale-profiles': 'cameras and objectives of the site; nothing of a patient',
  'GET /api/reference-sets': 'public sets; nothing of a patient',
  'GET /api/references/:id/picture': 'a cell that nothing ties to a patient any more',
  'GET /api/uploads': 'names of files that oneself began to upload; their beginning is recorded',
  'POST /api/cases/:id/presence':
    'a sign of life every few seconds; opening the case is recorded where it is read',
  'PATCH /api/uploads': UPLOAD,
  'DELETE /api/uploads': UPLOAD,
  'OPTIONS /api/uploads': UPLOAD,
  'PATCH /api/uploads/*': UPLOAD,
  'DELETE /api/uploads/*': UPLOAD,
  'OPTIONS /api/uploads/*': UPLOAD,
}

/** Readings of what belongs to no case that are not recorded, and why. */
const POLLED = 'its page asks every few seconds; figures of the site, nothing of a patient'
const UNRECORDED_OF_THE_SITE: Readonly<Record<string, string>> = {
  'GET /api/administration/health': POLLED,
  'GET /api/administration/models': POLLED,
  'GET /api/administration/people': POLLED,
  'GET /api/administration/storage': POLLED,
  'GET /api/jobs': 'its page asks every few seconds; marrow numbers of work under way, no name and no result',
  'GET /api/audit/chain': 'how far the check is; the rows themselves are recorded',
  'GET /api/audit/choices': 'names of events and colleagues; nothing of a patient',
}

const routes: { name: string; url: string; permission: string; audit: string | false }[] = []

function watch(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method: methods, url, config }: RouteOptions) => {
    if (!url.startsWith('/api/') || url.startsWith('/api/docs')) return
    for (const method of [methods].flat()) {
      if (method === 'HEAD') continue
      routes.push({ name: `${method} ${url}`, url, permission: config!.permission!, audit: config!.audit! })
    }
  })
}

beforeAll(async () => {
  subscribe('fastify.initialization', watch)
  const server = await startTestServer()
  unsubscribe('fastify.initialization', watch)
  await server.close()
})

const ofCases = () => routes.filter(({ permission }) => permission.startsWith('case.'))

test('what touches a case is recorded, but for these', () => {
  const unrecorded = ofCases().filter(({ audit }) => audit === false)
  expect(unrecorded.map(({ name }) => name).sort()).toEqual(Object.keys(UNRECORDED).sort())
})

test('what administrators look at is recorded, but for these', () => {
  const unrecorded = routes.filter(
    ({ audit, permission }) => audit === false && ['settings.manage', 'audit.read'].includes(permission),
  )
  expect(unrecorded.map(({ name }) => name).sort()).toEqual(Object.keys(UNRECORDED_OF_THE_SITE).sort())
})

test('an id in the address is one whose case or patient can be found', () => {
  const unknown = routes.filter(({ url, audit, permission }) => {
    const noun = nounOf(url)
    return (
      audit && noun && permission.startsWith('case.') && !isKnownNoun(noun) && !OF_THE_SITE.includes(noun)
    )
  })
  // Else: add the noun and its table to server/api/case-of-noun.ts.
  expect(unknown.map(({ name }) => name)).toEqual([])
  expect(ofCases().filter(({ url }) => nounOf(url)).length).toBeGreaterThan(15)
})

test('whatever changes something outside of cases is recorded too', () => {
  const changing = routes.filter(({ name }) => !name.startsWith('GET ') && !name.startsWith('OPTIONS '))
  const unrecorded = changing.filter(({ audit, name }) => audit === false && !(name in UNRECORDED))
  expect(unrecorded.map(({ name }) => name)).toEqual([])
})

test('an event is noun.verb', () => {
  for (const { audit } of routes) if (audit) expect(audit).toMatch(/^[a-z_]+\.[a-z-]+$/)
})
