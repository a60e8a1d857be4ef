/** The names that the server answers to, whose word it takes on an address, and what is said of TLS: all by setting. */
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

const HTTPS = 'https://marrow.hospital.example'

describe('the door', () => {
  let server: TestServer
  afterEach(() => server.close())
  const open = async (env: NodeJS.ProcessEnv = {}) => {
    server = await startTestServer(undefined, env)
  }

  test('answers to its own name and to addresses of numbers, and to no name that points here', async () => {
    await open({ MARROWSCOPE_ORIGIN: 'http://marrow.lab:8080', MARROWSCOPE_HOSTS: 'marrow, reading.lab' })
    const ask = async (host: string, url = '/api/state') => {
      const { statusCode, body } = await server.app.inject({ url, headers: { host } })
      return statusCode === 421 ? JSON.parse(body).code : statusCode
    }
    for (const host of [
      'marrow.lab',
      'MARROW.lab:8080',
      'marrow',
      'reading.lab:1',
      'localhost:9',
      '10.0.0.5:8080',
      '[::1]:8080',
    ])
      expect([host, await ask(host)]).toEqual([host, 200])
    for (const host of [
      'evil.example',
      'evil.example:8080',
      'marrow.lab.evil.example',
      'a@marrow.lab',
      '10.0.0.5.evil.example',
    ])
      expect([host, await ask(host)]).toEqual([host, 'HOST_NOT_KNOWN'])
    expect(await ask('evil.example', '/')).toBe('HOST_NOT_KNOWN')
  })

  test('a page whose own name was made to point here changes nothing', async () => {
    await open()
    const { email } = await aDoctor(server)
    const call = visitor(server)
    await call('POST', '/session', { email, password: PASSWORD })
    const headers = { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }
    const answer = await call('PATCH', '/me', { locale: 'zh' }, headers)
    expect([answer.statusCode, answer.json().code]).toEqual([421, 'HOST_NOT_KNOWN'])
  })

  test.each([
    [undefined, '10.9.9.9'],
    ['none', '127.0.0.1'],
    ['10.0.0.0/8, 127.0.0.1', '192.168.7.7'],
  ])('with MARROWSCOPE_TRUSTED_PROXIES %s the caller is %s', async (setting, expected) => {
    await open(setting === undefined ? {} : { MARROWSCOPE_TRUSTED_PROXIES: setting })
    await visitor(server)(
      'POST',
      '/session',
      { email: 'x@lab.example', password: 'guess' },
      { 'x-forwarded-for': '192.168.7.7, 10.9.9.9' },
    )
    await server.app.journal.settle()
    const row = await server.ports.db.selectFrom('audit').select('ip').executeTakeFirstOrThrow()
    expect(row.ip).toBe(expected)
  })

  test('cookies travel over TLS only, and browsers are told so, where it is set', async () => {
    await open({ MARROWSCOPE_ORIGIN: HTTPS, MARROWSCOPE_HSTS: '31536000' })
    const { email } = await aDoctor(server)
    const answer = await visitor(server)('POST', '/session', { email, password: PASSWORD })
    expect(answer.cookies.map(({ name, secure }) => [name, secure])).toEqual([
      ['marrowscope_session', true],
      ['marrowscope_device', true],
    ])
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  test('without it they do not', async () => {
    await open()
    const { email } = await aDoctor(server)
    const answer = await visitor(server)('POST', '/session', { email, password: PASSWORD })
    expect(answer.cookies.some(({ secure }) => secure)).toBe(false)
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })
})

test.each([
  [{ MARROWSCOPE_TRUSTED_PROXIES: '10.0.0.0/33' }, /10\.0\.0\.0\/33/],
  [{ MARROWSCOPE_TRUSTED_PROXIES: 'everyone' }, /everyone/],
  [{ MARROWSCOPE_SECURE_COOKIES: 'true' }, /yes or no/],
  [{ MARROWSCOPE_HSTS: 'a year' }, /give seconds/],
  [{ MARROWSCOPE_HSTS: '60' }, /begins with https/],
])('a setting that is none is told: %o', (env, message) => {
  expect(() => readConfig(env)).toThrow(message)
})

test('cookies for TLS can be asked for and refused whatever the address', () => {
  const secure = (env: NodeJS.ProcessEnv) => readConfig(env).secureCookies
  expect(secure({ MARROWSCOPE_SECURE_COOKIES: 'yes' })).toBe(true)
  expect(secure({ MARROWSCOPE_ORIGIN: HTTPS })).toBe(true)
  expect(secure({ MARROWSCOPE_ORIGIN: HTTPS, MARROWSCOPE_SECURE_COOKIES: 'no' })).toBe(false)
})
