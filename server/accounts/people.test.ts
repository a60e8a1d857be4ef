import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator')
  })
  afterAll(() => server.close())

  test('a disabled person is out at once and cannot come back', async () => {
    const { id, email } = await aDoctor(server)
    const doctor = visitor(server)
    await doctor('POST', '/session', { email, password: PASSWORD })
    const disabled = await administrator('PATCH', `/users/${id}`, { version: 1, disabled: true })
    expect(disabled.json()).toMatchObject({ id, disabled: true, version: 2 })
    expect((await doctor('GET', '/me')).statusCode).toBe(401)
    expect((await doctor('POST', '/session', { email, password: PASSWORD })).json().code).toBe(
      'WRONG_PASSWORD',
    )
  })

  test('a session of a disabled person is refused even where it was left', async () => {
    const doctor = await server.as('doctor')
    await server.ports.db.updateTable('users').set({ disabled: 1 }).where('id', '=', doctor.userId).execute()
    expect((await doctor('GET', '/me')).statusCode).toBe(401)
  })

  test('a new role counts from the next request on', async () => {
    const doctor = await server.as('doctor')
    expect((await doctor('GET', '/users')).statusCode).toBe(403)
    await administrator('PATCH', `/users/${doctor.userId}`, { version: 1, role: 'administrator' })
    expect((await doctor('GET', '/users')).statusCode).toBe(200)
    await administrator('PATCH', `/users/${doctor.userId}`, { version: 2, role: 'doctor' })
    expect((await doctor('GET', '/users')).statusCode).toBe(403)
  })

  test('a change over another change is refused with the person as it is now', async () => {
    const { id } = await aDoctor(server)
    await administrator('PATCH', `/users/${id}`, { version: 1, role: 'technician' })
    const stale = await administrator('PATCH', `/users/${id}`, { version: 1, role: 'researcher' })
    expect(stale.statusCode).toBe(409)
    expect(stale.json()).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      details: { role: 'technician', version: 2 },
    })
  })

  test('the list tells nothing of passwords', async () => {
    const users = await administrator('GET', '/users')
    expect(users.json().length).toBeGreaterThan(3)
    expect(users.body).not.toMatch(/password|argon2/)
  })

  test('the last administrator stays one', async () => {
    for (const change of [{ role: 'doctor' }, { disabled: true }]) {
      const answer = await administrator('PATCH', `/users/${administrator.userId}`, { version: 1, ...change })
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'LAST_ADMINISTRATOR'])
    }
  })

  test('of two administrators who demote each other at once, one stays', async () => {
    const second = await server.as('administrator')
    const demoted = { version: 1, role: 'read_only' }
    const answers = await Promise.all([
      administrator('PATCH', `/users/${second.userId}`, demoted),
      second('PATCH', `/users/${administrator.userId}`, demoted),
    ])
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const left = await server.ports.db
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'administrator')
      .execute()
    expect(left).toHaveLength(1)
  })
})
