import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { MAX_FAILURES } from './guessing.ts'
import { COOKIE, IDLE } from './sessions.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(await empty(), { MARROWSCOPE_HOSTS: 'reading.lab' })
  })
  afterAll(() => server.close())

  /** A doctor, signed in. */
  async function signedIn() {
    const doctor = await aDoctor(server)
    const call = visitor(server)
    const answer = await call('POST', '/session', { email: doctor.email, password: PASSWORD })
    return { ...doctor, call, answer }
  }

  test('signs in whatever the letters’ case, tells who it is, signs out', async () => {
    const { email } = await aDoctor(server)
    const call = visitor(server)
    const answer = await call('POST', '/session', { email: email.toUpperCase(), password: PASSWORD })
    expect(answer.json()).toMatchObject({ email, role: 'doctor' })
    expect(answer.cookies[0]).toMatchObject({ name: COOKIE, httpOnly: true, sameSite: 'Strict', path: '/' })
    expect((await call('GET', '/me')).json().permissions).toContain('case.sign')
    expect((await call('DELETE', '/session')).statusCode).toBe(200)
    expect((await call('GET', '/me')).json().code).toBe('NOT_SIGNED_IN')
  })

  test('the session ends with sign-out on the server, not only in the browser', async () => {
    const { answer, call } = await signedIn()
    const cookies = { [COOKIE]: answer.cookies[0]!.value }
    await call('DELETE', '/session')
    expect((await server.app.inject({ url: '/api/me', cookies })).statusCode).toBe(401)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await aDoctor(server)
    const wrong = await visitor(server)('POST', '/session', { email, password: 'guess' })
    const unknown = await visitor(server)('POST', '/session', { email: 'no@lab.example', password: 'guess' })
    expect(wrong.statusCode).toBe(401)
    expect(wrong.json()).toEqual(unknown.json())
  })

  test('an address is locked out for 15 minutes after too many failures; a success clears them', async () => {
    const { email } = await aDoctor(server)
    const { db } = server.ports
    const rightOne = { email, password: PASSWORD }
    await db
      .insertInto('login_failures')
      .values(
        Array.from({ length: MAX_FAILURES - 1 }, (_, n) => {
          return { id: `${email.slice(0, 20)}${n}`, email, place: '', ip: '', at: Date.now() - 60_000 }
        }),
      )
      .execute()
    await visitor(server)('POST', '/session', { email, password: 'guess' })
    const locked = await visitor(server)('POST', '/session', rightOne)
    expect(locked.statusCode).toBe(429)
    expect(locked.json()).toMatchObject({ code: 'LOCKED_OUT', message: expect.stringMatching(/Wait 14 min/) })
    const old = { at: Date.now() - 15.1 * 60_000 }
    await db.updateTable('login_failures').set(old).where('email', '=', email).execute()
    expect((await visitor(server)('POST', '/session', rightOne)).statusCode).toBe(200)
    expect(
      await db.selectFrom('login_failures').selectAll().where('email', '=', email).execute(),
    ).toHaveLength(0)
  })

  test.each([
    ['unused for 12 hours', { last_seen_at: Date.now() - IDLE - 1000 }],
    ['14 days old', { expires_at: Date.now() - 1000 }],
  ])('a session %s has ended', async (_, times) => {
    const { call, id } = await signedIn()
    await server.ports.db.updateTable('sessions').set(times).where('user_id', '=', id).execute()
    expect((await call('GET', '/me')).statusCode).toBe(401)
  })

  test('use keeps a session alive, written down at most once a minute', async () => {
    const { call, id } = await signedIn()
    const { db } = server.ports
    const seen = () =>
      db.selectFrom('sessions').select('last_seen_at').where('user_id', '=', id).executeTakeFirstOrThrow()
    const before = await seen()
    await call('GET', '/me')
    expect(await seen()).toEqual(before)
    const late = Date.now() - IDLE + 60_000
    await db.updateTable('sessions').set({ last_seen_at: late }).where('user_id', '=', id).execute()
    expect((await call('GET', '/me')).statusCode).toBe(200)
    expect((await seen()).last_seen_at).toBeGreaterThan(Date.now() - 10_000)
  })

  test('the database holds no cookie that would work', async () => {
    const { answer } = await signedIn()
    const rows = await server.ports.db.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(answer.cookies[0]!.value)
  })

  test('a new password ends the other sessions, not this one', async () => {
    const { call, email } = await signedIn()
    const other = visitor(server)
    await other('POST', '/session', { email, password: PASSWORD })
    const change = { current: 'not it', next: 'another long password' }
    expect((await call('POST', '/me/password', change)).json().code).toBe('WRONG_PASSWORD')
    expect((await call('POST', '/me/password', { ...change, current: PASSWORD })).statusCode).toBe(200)
    expect((await call('GET', '/me')).statusCode).toBe(200)
    expect((await other('GET', '/me')).statusCode).toBe(401)
    const again = await other('POST', '/session', { email, password: change.next })
    expect(again.statusCode).toBe(200)
  })

  test('lists the own sessions and ends one, never another person’s', async () => {
    const { call } = await signedIn()
    const stranger = await signedIn()
    const [session] = (await call('GET', '/me/sessions')).json()
    expect(session).toMatchObject({ current: true, ip: '127.0.0.1' })
    expect((await stranger.call('DELETE', `/me/sessions/${session.id}`)).statusCode).toBe(404)
    expect((await call('DELETE', `/me/sessions/${session.id}`)).statusCode).toBe(200)
    expect((await call('GET', '/me')).statusCode).toBe(401)
  })

  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'https://reading.lab', host: 'reading.lab' }, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 200],
  ] as [Record<string, string>, number][])('a change from a page with %o: %i', async (headers, status) => {
    const { call } = await signedIn()
    const answer = await call('PATCH', '/me', { locale: 'zh' }, headers)
    expect(answer.statusCode).toBe(status)
    if (status === 403) expect(answer.json().code).toBe('CROSS_ORIGIN')
  })

  test('writes who did what, also when refused, and never a password', async () => {
    const { id, call } = await signedIn()
    await call('PATCH', '/me', { name: 'Dr Wang' })
    const users = await call('GET', '/users')
    expect(users.statusCode).toBe(403)
    const { db } = server.ports
    const rows = () => db.selectFrom('audit').selectAll().where('user_id', '=', id).orderBy('at').execute()
    await expect.poll(async () => (await rows()).length).toBe(3)
    expect((await rows()).map(({ event, status }) => `${event} ${status}`).sort()).toEqual([
      'account.edit 200',
      'session.sign-in 200',
      'user.list 403',
    ])
    const edit = (await rows()).find(({ event }) => event === 'account.edit')!
    expect(JSON.parse(edit.detail)).toEqual({ before: { name: '王医生' }, after: { name: 'Dr Wang' } })
    expect(JSON.stringify(await db.selectFrom('audit').selectAll().execute())).not.toContain(PASSWORD)
  })
})

test('too many requests from one address are slowed down, in a sentence', async () => {
  const server = await startTestServer()
  const call = visitor(server)
  for (let n = 0; n < 30; n++) await call('GET', '/invitations/by-token/none')
  const answer = await call('GET', '/invitations/by-token/none')
  expect(answer.statusCode).toBe(429)
  expect(answer.json()).toMatchObject({
    code: 'TOO_MANY',
    message: expect.stringMatching(/Wait \d+ seconds/),
  })
  await server.close()
})
