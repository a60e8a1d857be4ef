/** What somebody was given ends when the right to give it ends, and what a password opened ends with the password. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { COOKIE } from './sessions.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

const NEXT = 'another long password'
const tokenOf = (link: string) => new URL(link).searchParams.get('token')!
let people = 0
const person = () => ({ email: `e${++people}@lab.example`, name: 'E', password: PASSWORD })

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let server: TestServer
  let head: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    head = await server.as('administrator')
  })
  afterAll(() => server.close())

  const linkOf = async (who: typeof head, url: string, body?: object) =>
    tokenOf((await who('POST', url, body)).json().link)
  const join = async (token: string) => {
    const answer = await visitor(server)('POST', '/register', { token, ...person() })
    return answer.json().code ?? answer.json().role
  }
  const reset = async (token: string, password = NEXT) =>
    (await visitor(server)('POST', '/password-reset', { token, password })).json()?.code ?? 'done'
  const listed = async () => (await head('GET', '/links')).json() as { id: string; kind: string }[]

  test.each([
    ['disabled', { disabled: true }],
    ['made a doctor', { role: 'doctor' }],
  ])('links of an administrator who was %s give nothing', async (_what, change) => {
    const other = await server.as('administrator')
    const doctor = await aDoctor(server)
    const invitation = await linkOf(other, '/invitations', { role: 'administrator' })
    const link = await linkOf(other, `/users/${doctor.id}/reset`)
    expect(await listed()).toHaveLength(2)
    await head('PATCH', `/users/${other.userId}`, { version: 1, ...change })
    expect(await listed()).toEqual([])
    expect(await join(invitation)).toBe('LINK_NOT_VALID')
    expect(await reset(link)).toBe('LINK_NOT_VALID')
  })

  test('so it is where the row of the link is still there, as in a site of before', async () => {
    const other = await server.as('administrator')
    const doctor = await aDoctor(server)
    const invitation = await linkOf(other, '/invitations', { role: 'administrator' })
    const link = await linkOf(other, `/users/${doctor.id}/reset`)
    const set = { disabled: 1 } as const
    await server.ports.db.updateTable('users').set(set).where('id', '=', other.userId).execute()
    expect(await listed()).toEqual([])
    const state = await visitor(server)('GET', `/invitations/by-token/${invitation}`)
    expect([state.statusCode, state.json().code]).toEqual([404, 'LINK_NOT_VALID'])
    expect(await join(invitation)).toBe('LINK_NOT_VALID')
    expect(await reset(link)).toBe('LINK_NOT_VALID')
  })

  test('only the newest reset link works, and none after any change of the password', async () => {
    const doctor = await aDoctor(server)
    const make = () => linkOf(head, `/users/${doctor.id}/reset`)
    const [older, newer] = [await make(), await make()]
    expect(await reset(older)).toBe('LINK_NOT_VALID')
    expect(await reset(newer)).toBe('done')
    const left = await make()
    const call = visitor(server)
    await call('POST', '/session', { email: doctor.email, password: NEXT })
    await call('POST', '/me/password', { current: NEXT, next: PASSWORD })
    expect(await reset(left, 'the password of a thief')).toBe('LINK_NOT_VALID')
  })

  test('links that an account made end with its password', async () => {
    const other = await server.as('administrator', PASSWORD)
    const invitation = await linkOf(other, '/invitations', { role: 'administrator' })
    expect((await other('POST', '/me/password', { current: PASSWORD, next: NEXT })).statusCode).toBe(200)
    expect(await join(invitation)).toBe('LINK_NOT_VALID')
  })

  test('no link opens a disabled account', async () => {
    const doctor = await aDoctor(server)
    const link = await linkOf(head, `/users/${doctor.id}/reset`)
    await head('PATCH', `/users/${doctor.id}`, { version: 1, disabled: true })
    expect(await reset(link)).toBe('LINK_NOT_VALID')
  })

  test('an administrator sees every link that works, and takes one back; the audit tells it', async () => {
    const doctor = await aDoctor(server)
    const link = await linkOf(head, `/users/${doctor.id}/reset`)
    const [one] = await listed()
    expect(one).toMatchObject({
      kind: 'reset',
      email: doctor.email,
      name: '王医生',
      makerName: 'A administrator',
    })
    expect(JSON.stringify(one)).not.toContain(link)
    const stranger = await server.as('doctor')
    expect((await stranger('GET', '/links')).statusCode).toBe(403)
    expect((await stranger('DELETE', `/links/${one!.id}`)).statusCode).toBe(403)
    expect((await head('DELETE', `/links/${one!.id}`)).statusCode).toBe(200)
    expect((await head('DELETE', `/links/${one!.id}`)).statusCode).toBe(404)
    expect(await reset(link)).toBe('LINK_NOT_VALID')
    await server.app.journal.settle()
    const rows = server.ports.db.selectFrom('audit').select(['user_id', 'detail'])
    const row = await rows
      .where('event', '=', 'link.withdraw')
      .where('status', '=', 200)
      .executeTakeFirstOrThrow()
    expect(row.user_id).toBe(head.userId)
    expect(JSON.parse(row.detail).before).toMatchObject({ kind: 'reset', userId: doctor.id })
  })

  test('a copied cookie ends with a change of the password, and with the next sign-in of its browser', async () => {
    const doctor = await aDoctor(server)
    const call = visitor(server)
    const enter = (password: string) => call('POST', '/session', { email: doctor.email, password })
    const copyOf = (answer: Awaited<ReturnType<typeof call>>) =>
      answer.cookies.find(({ name }) => name === COOKIE)!.value
    const me = async (value: string) =>
      (await server.app.inject({ url: '/api/me', cookies: { [COOKIE]: value } })).statusCode
    const first = copyOf(await enter(PASSWORD))
    expect(await me(first)).toBe(200)
    const second = copyOf(await enter(PASSWORD))
    expect([await me(first), await me(second)]).toEqual([401, 200])
    const change = await call('POST', '/me/password', { current: PASSWORD, next: NEXT })
    const third = copyOf(change)
    expect([await me(second), await me(third)]).toEqual([401, 200])
    expect((await call('GET', '/me')).statusCode).toBe(200)
    const rows = server.ports.db.selectFrom('sessions').select('id').where('user_id', '=', doctor.id)
    expect(await rows.execute()).toHaveLength(1)
  })
})
