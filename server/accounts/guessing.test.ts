/** Two hundred guesses at once, and who is locked out by them. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { MAX_FAILURES } from './guessing.ts'
import { DEVICE_COOKIE } from './known-devices.ts'
import { COOKIE } from './sessions.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

const GUESSES = 200

describe.each(TEST_DATABASES)('guessing on %s', (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    // A guesser has many addresses; a proxy tells them.
    server = await startTestServer(await empty(), { MARROWSCOPE_TRUSTED_PROXIES: 'loopback' })
  })
  afterAll(() => server.close())

  const guess = (email: string, n: number) =>
    visitor(server)(
      'POST',
      '/session',
      { email, password: `guess ${n}` },
      { 'x-forwarded-for': `10.1.${Math.floor(n / 20)}.${n}` },
    )
  const attack = async (email: string, times = GUESSES) => {
    const answers = await Promise.all(Array.from({ length: times }, (_, n) => guess(email, n)))
    const count = (status: number) => answers.filter(({ statusCode }) => statusCode === status).length
    return { looked: count(401), refused: count(429) }
  }
  const rightOne = { password: PASSWORD }

  test(`of ${GUESSES} at once no more than ${MAX_FAILURES} are looked at`, async () => {
    for (const email of [(await aDoctor(server)).email, 'nobody@lab.example']) {
      const { looked, refused } = await attack(email)
      expect(looked).toBeLessThanOrEqual(MAX_FAILURES)
      expect(looked + refused).toBe(GUESSES)
      // One after the other, what is left is used up, and no more.
      for (let n = 0; n < MAX_FAILURES; n++) await guess(email, n)
      expect((await attack(email, 20)).looked).toBe(0)
    }
  })

  test('a device on which the account has signed in before is not locked out by them; one of others is', async () => {
    const { email } = await aDoctor(server)
    const first = await visitor(server)('POST', '/session', { email, ...rightOne })
    const device = first.cookies.find(({ name }) => name === DEVICE_COOKIE)!
    expect(device).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    const stranger = await aDoctor(server)
    const theirs = await visitor(server)('POST', '/session', { email: stranger.email, ...rightOne })
    const otherDevice = theirs.cookies.find(({ name }) => name === DEVICE_COOKIE)!
    for (let n = 0; n < MAX_FAILURES; n++) await guess(email, n)
    const enter = (value: string | undefined, password = PASSWORD) =>
      server.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { email, password },
        ...(value && { cookies: { [DEVICE_COOKIE]: value } }),
      })
    expect((await enter(undefined)).json().code).toBe('LOCKED_OUT')
    expect((await enter(otherDevice.value)).json().code).toBe('LOCKED_OUT')
    expect((await enter(device.value)).statusCode).toBe(200)
    // Its owner has used it again, which opens no more guesses elsewhere.
    expect((await enter(undefined)).json().code).toBe('LOCKED_OUT')
    // A stolen one has as many guesses, and no more.
    for (let n = 0; n < MAX_FAILURES; n++) await enter(device.value, 'a guess')
    expect((await enter(device.value)).json().code).toBe('LOCKED_OUT')
    expect(
      JSON.stringify(await server.ports.db.selectFrom('known_devices').selectAll().execute()),
    ).not.toContain(device.value)
  })

  test('the present password is guessed no oftener where it is asked again: to change it, to sign', async () => {
    const { email, id } = await aDoctor(server)
    const entered = await visitor(server)('POST', '/session', { email, ...rightOne })
    const cookies = { [COOKIE]: entered.cookies.find(({ name }) => name === COOKIE)!.value }
    const change = async (n: number, current = `guess ${n}`) => {
      const payload = { current, next: 'another long password' }
      const headers = { 'x-forwarded-for': `10.2.0.${n}` }
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/me/password',
        payload,
        cookies,
        headers,
      })
      return answer.json()?.code ?? 'changed'
    }
    const codes = await Promise.all(Array.from({ length: 100 }, (_, n) => change(n)))
    expect(codes.filter((code) => code === 'WRONG_PASSWORD').length).toBeLessThanOrEqual(MAX_FAILURES)
    expect(codes.filter((code) => code === 'LOCKED_OUT').length).toBeGreaterThanOrEqual(100 - MAX_FAILURES)
    for (let n = 100; n < 100 + MAX_FAILURES; n++) await change(n)
    expect(await change(200, PASSWORD)).toBe('LOCKED_OUT')
    const sign = { version: 1, password: PASSWORD, accepted: [] }
    const signed = await server.app.inject({
      method: 'POST',
      url: `/api/cases/${id}/sign`,
      payload: sign,
      cookies,
    })
    expect(signed.json().code).toBe('LOCKED_OUT')
    // To sign in is another matter: whoever has stolen a session locks nobody out.
    expect((await visitor(server)('POST', '/session', { email, ...rightOne })).statusCode).toBe(200)
  })

  test('refused sign-ins name the account in the audit', async () => {
    const { email, id } = await aDoctor(server)
    await guess(email.toUpperCase(), 1)
    await guess('unknown@lab.example', 2)
    await server.app.journal.settle()
    const rows = await server.ports.db
      .selectFrom('audit')
      .select(['status', 'user_id', 'subject_id', 'detail'])
      .where('event', '=', 'session.sign-in')
      .orderBy('number', 'desc')
      .limit(2)
      .execute()
    expect(rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }))).toEqual([
      { status: 401, user_id: null, subject_id: null, detail: { query: { email: 'unknown@lab.example' } } },
      { status: 401, user_id: null, subject_id: id, detail: { query: { email } } },
    ])
  })

  test('failures that a clock of the future has written lock nobody out', async () => {
    const { email } = await aDoctor(server)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 365 * 86_400_000 })
    for (let n = 0; n < MAX_FAILURES; n++) await guess(email, n)
    vi.useRealTimers()
    expect((await visitor(server)('POST', '/session', { email, ...rightOne })).statusCode).toBe(200)
  })
})
