import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { USUAL_TYPE_KEYS } from '../../cytology/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { aDoctor, PASSWORD, visitor } from './visitor-for-tests.ts'

describe.each(TEST_DATABASES)("a person's own keys on %s", (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(await empty())
  })
  afterAll(() => server.close())

  test('are the usual ones until chosen, kept for that person alone, and given back', async () => {
    const doctor = await server.as('doctor')
    const other = await server.as('doctor')
    expect((await doctor('GET', '/me')).json().typeKeys).toBeNull()
    const own = { ...USUAL_TYPE_KEYS, blast: 'Q', erythroblast: 'é' }
    const changed = await doctor('PATCH', '/me', { typeKeys: own })
    expect(changed.json().typeKeys).toEqual({ ...own, blast: 'q' })
    await doctor('PATCH', '/me', { name: 'Another name' })
    expect((await doctor('GET', '/me')).json()).toMatchObject({
      name: 'Another name',
      typeKeys: { blast: 'q' },
    })
    expect((await other('GET', '/me')).json().typeKeys).toBeNull()
    const signsIn = await aDoctor(server)
    await server.ports.db
      .updateTable('users')
      .set({ type_keys: JSON.stringify(own) })
      .where('id', '=', signsIn.id)
      .execute()
    const at = { email: signsIn.email, password: PASSWORD }
    expect((await visitor(server)('POST', '/session', at)).json().typeKeys).toEqual(own)
    await doctor('PATCH', '/me', { typeKeys: null })
    expect((await doctor('GET', '/me')).json().typeKeys).toBeNull()
  })

  test.each([
    ['two alike', { blast: '2' }, "Promyelocyte and Blast have the same key '2'"],
    ['a reserved one', { monocyte: 'Z' }, "The key 'z' of Monocyte has another meaning"],
    ['two characters', { monocyte: 'qq' }, 'The key of Monocyte must be a single character'],
    ['none', { lymphocyte: '' }, 'Lymphocyte has no key'],
    ['an unknown type', { unicorn: 'q' }, "There is no cell type 'unicorn'"],
  ])('%s: refused with a sentence that names it, and nothing is changed', async (_case, more, what) => {
    const doctor = await server.as('doctor')
    const refused = await doctor('PATCH', '/me', { name: 'New', typeKeys: { ...USUAL_TYPE_KEYS, ...more } })
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'TYPE_KEYS_CLASH'])
    expect(refused.json().message).toContain(what)
    expect((await doctor('GET', '/me')).json()).toMatchObject({ name: 'A doctor', typeKeys: null })
  })

  test('a type left out has no key', async () => {
    const doctor = await server.as('doctor')
    const refused = await doctor('PATCH', '/me', { typeKeys: { blast: 'q' } })
    expect([refused.statusCode, refused.json().details.faults.length]).toEqual([422, 12])
  })
})
