import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { setupLink } from './first-administrator.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

const tokenOf = (link: string) => new URL(link).searchParams.get('token')!
let people = 0
const person = () => ({ email: `p${++people}@lab.example`, name: 'P', password: PASSWORD })

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
  })
  afterAll(() => server.close())

  test('the setup link makes the first administrator, once', async () => {
    const call = visitor(server)
    expect((await call('GET', '/state')).json()).toMatchObject({ needsSetup: true })
    const stale = tokenOf(await setupLink(server.ports))
    const token = tokenOf(await setupLink(server.ports))
    expect((await call('POST', '/setup', { token: stale, ...person() })).json().code).toBe('LINK_NOT_VALID')
    const answers = await Promise.all(
      [1, 2].map(() => visitor(server)('POST', '/setup', { token, ...person() })),
    )
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status === 200)).toHaveLength(1)
    expect(answers.find(({ statusCode }) => statusCode === 200)!.json().role).toBe('administrator')
    expect((await call('GET', '/state')).json()).toMatchObject({ needsSetup: false })
    expect((await call('POST', '/setup', { token, ...person() })).json().code).toBe('SET_UP_ALREADY')
    administrator = await server.as('administrator')
  })

  test('an invitation lets one person in, with its role', async () => {
    const { link } = (await administrator('POST', '/invitations', { role: 'technician' })).json()
    const token = tokenOf(link)
    const state = await visitor(server)('GET', `/invitations/by-token/${token}`)
    expect(state.json()).toEqual({ email: null, role: 'technician' })
    const joined = await Promise.all(
      [1, 2, 3].map(() => visitor(server)('POST', '/register', { token, ...person() })),
    )
    expect(joined.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404, 404])
    expect(joined.find(({ statusCode }) => statusCode === 200)!.json().role).toBe('technician')
    const users = await server.ports.db
      .selectFrom('users')
      .selectAll()
      .where('role', '=', 'technician')
      .execute()
    expect(users).toHaveLength(1)
  })

  test('an address that is taken does not use the invitation up', async () => {
    const { email } = await aDoctor(server)
    const { link } = (await administrator('POST', '/invitations', { role: 'researcher' })).json()
    const body = { token: tokenOf(link), ...person() }
    const taken = await visitor(server)('POST', '/register', { ...body, email })
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'EMAIL_TAKEN'])
    expect((await visitor(server)('POST', '/register', body)).statusCode).toBe(200)
  })

  test('an invitation is for its address, ends after 7 days and can be withdrawn', async () => {
    const { db } = server.ports
    const invite = { role: 'doctor', email: 'Li@lab.example' }
    const make = async () => tokenOf((await administrator('POST', '/invitations', invite)).json().link)
    const join = async (token: string, email: string) =>
      (await visitor(server)('POST', '/register', { ...person(), token, email })).json().code
    const token = await make()
    expect(await join(token, 'other@lab.example')).toBe('OTHER_ADDRESS')
    const [listed] = (await administrator('GET', '/links')).json()
    expect(listed.email).toBe('li@lab.example')
    expect(listed.expiresAt - listed.createdAt).toBe(7 * 24 * 3_600_000)
    await db
      .updateTable('tokens')
      .set({ expires_at: Date.now() - 1 })
      .where('id', '=', listed.id)
      .execute()
    expect(await join(token, invite.email)).toBe('LINK_NOT_VALID')
    const second = await make()
    const [{ id }] = (await administrator('GET', '/links')).json()
    await administrator('DELETE', `/links/${id}`)
    expect(await join(second, invite.email)).toBe('LINK_NOT_VALID')
    const again = await make()
    const twice = await administrator('POST', '/invitations', invite)
    expect(twice.json()).toMatchObject({ code: 'INVITED_ALREADY', details: { makerName: 'A administrator' } })
    const all = { ...invite, again: true }
    expect((await administrator('POST', '/invitations', all)).statusCode).toBe(200)
    expect(await join(again, 'LI@lab.example')).toBeUndefined()
    const joined = await administrator('POST', '/invitations', all)
    expect([joined.statusCode, joined.json().code]).toEqual([409, 'EMAIL_HAS_ACCOUNT'])
  })

  test('without an invitation one joins only where the site is open, to read', async () => {
    expect((await visitor(server)('POST', '/register', person())).json().code).toBe('INVITATION_NEEDED')
    const settings = (await administrator('GET', '/settings')).json()
    const usual = { registration: 'invitation', target: 500, targets: [200, 300, 500] }
    expect(settings).toEqual({ ...usual, identitiesFor: [], kappaOnReport: false, version: 0 })
    const open = await administrator('PUT', '/settings', { ...settings, registration: 'open' })
    expect(open.json()).toEqual({ ...settings, registration: 'open', version: 1 })
    expect((await visitor(server)('POST', '/register', person())).json().role).toBe('read_only')
    const stale = await administrator('PUT', '/settings', { ...settings, target: 200 })
    expect([stale.statusCode, stale.json().details]).toEqual([409, open.json()])
    await administrator('PUT', '/settings', { ...open.json(), registration: 'invitation' })
  })

  test('a reset link gives a new password once, ends all sessions and the lockout', async () => {
    const { id, email } = await aDoctor(server)
    const doctor = visitor(server)
    await doctor('POST', '/session', { email, password: PASSWORD })
    const { link, expiresAt } = (await administrator('POST', `/users/${id}/reset`)).json()
    expect(Math.round((expiresAt - Date.now()) / 3_600_000)).toBe(24)
    const body = { token: tokenOf(link), password: 'a whole new password' }
    for (let n = 0; n < 8; n++) {
      const failure = { id: `${id.slice(0, 34)}${n}`, email, place: '', ip: '', at: Date.now() }
      await server.ports.db.insertInto('login_failures').values(failure).execute()
    }
    expect((await doctor('POST', '/password-reset', body)).statusCode).toBe(200)
    expect((await doctor('POST', '/password-reset', body)).json().code).toBe('LINK_NOT_VALID')
    expect((await doctor('GET', '/me')).statusCode).toBe(401)
    expect((await doctor('POST', '/session', { email, password: PASSWORD })).statusCode).toBe(401)
    expect((await doctor('POST', '/session', { email, password: body.password })).statusCode).toBe(200)
  })
})
