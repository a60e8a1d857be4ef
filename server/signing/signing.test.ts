import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countingRule, differential, meRule } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { canonical, sha256 } from '../hashing/canonical.ts'

const PASSWORD = 'correct horse battery'
const MATURE = { segmented_neutrophil: 60, lymphocyte: 30, erythroblast: 50 }

describe.each(TEST_DATABASES)('signing on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const get = async (url: string) => (await doctor('GET', `/cases/${url}`)).json()
  const post = (url: string, payload: object) => doctor('POST', `/cases/${url}`, payload)
  const sign = (id: string, accepted: string[] = [], password = PASSWORD, version = 1) =>
    post(`${id}/sign`, { version, password, accepted })
  const BOTH = ['UNREVIEWED_LEFT', 'BELOW_TARGET']

  test('the checks say what is left', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'not_identifiable', 'monocyte'])
    expect(await get(`${caseId}/checks`)).toEqual([
      { code: 'UNIDENTIFIED_LEFT', blocking: true, count: 1 },
      { code: 'UNREVIEWED_LEFT', blocking: false, count: 2 },
      { code: 'BELOW_TARGET', blocking: false, count: 198 },
    ])
    const refused = await sign(caseId, BOTH)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'NOT_READY'])
    expect(refused.json().details.checks).toMatchObject([{ code: 'UNIDENTIFIED_LEFT' }])
    await post(`${caseId}/changes`, { changes: [{ id: cellIds[1], version: 1, set: { reviewed: true } }] })
    expect(await get(`${caseId}/checks`)).not.toContainEqual(
      expect.objectContaining({ code: 'UNIDENTIFIED_LEFT' }),
    )
  })

  test('a character that no font has is named with its word before it is signed', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    await doctor('PATCH', `/cases/${caseId}`, {
      version: 1,
      clinicalNote: 'CD34⁺ Łukasz 𞤀𞤣 吉',
      diagnosis: 'x🧪',
    })
    const found = [
      { character: '🧪', word: 'x🧪' },
      { character: '𞤀', word: '𞤀𞤣' },
      { character: '𞤣', word: '𞤀𞤣' },
    ]
    const check = { code: 'UNPRINTABLE', blocking: false, count: 3, found }
    expect(await get(`${caseId}/checks`)).toContainEqual(check)
    const refused = await sign(caseId, BOTH, PASSWORD, 2)
    expect([refused.statusCode, refused.json().code, refused.json().details.checks]).toEqual([
      409,
      'NOT_ACCEPTED',
      [check],
    ])
    expect((await sign(caseId, [...BOTH, 'UNPRINTABLE'], PASSWORD, 2)).statusCode).toBe(200)
  })

  test('so it is in an addendum', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    expect((await sign(caseId, BOTH)).statusCode).toBe(200)
    const text = 'CD34⁺ 𠮷 x🧪.'
    const refused = await post(`${caseId}/addenda`, { text, password: PASSWORD })
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'NOT_ACCEPTED'])
    const found = [{ character: '🧪', word: 'x🧪.' }]
    expect(refused.json().details).toEqual({
      checks: [{ code: 'UNPRINTABLE', blocking: false, count: 1, found }],
    })
    expect(await get(`${caseId}/signatures`)).toHaveLength(1)
    const added = await post(`${caseId}/addenda`, { text, password: PASSWORD, accepted: ['UNPRINTABLE'] })
    expect(added.json()).toMatchObject({ kind: 'addendum', text })
  })

  test('what the signer did not see is not signed', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const signed = (counts: object) =>
      post(`${caseId}/sign`, { version: 1, password: PASSWORD, accepted: BOTH, counts })
    await post(`${caseId}/changes`, { changes: [{ id: cellIds[1], version: 1, set: { type: 'blast' } }] })
    expect((await signed({ blast: 1, monocyte: 1 })).json().code).toBe('CHANGED_MEANWHILE')
    expect((await signed({ blast: 2 })).statusCode).toBe(200)
  })

  test('of an analysis and a signature that come at once one is refused', async () => {
    for (let i = 0; i < 6; i++) {
      const { caseId } = await insertCase(server.ports, ['blast'])
      const [signed, begun] = await Promise.all([sign(caseId, BOTH), post(`${caseId}/analyses`, {})])
      const both = signed.statusCode < 300 && begun.statusCode < 300
      expect([both, signed.statusCode < 300 || begun.statusCode < 300]).toEqual([false, true])
      const { status } = await get(caseId)
      expect(status === 'signed').toBe(signed.statusCode < 300)
    }
  })

  test('a case without a count, or with an analysis under way, is not signed', async () => {
    const { caseId } = await insertCase(server.ports, [])
    const analysis = {
      total: 1,
      done: 0,
      cells: 0,
      models: '{}',
      classes: '[]',
      error: null,
      created_by: caseId,
    }
    await server.ports.db
      .insertInto('analyses')
      .values({
        id: caseId,
        case_id: caseId,
        status: 'queued',
        ...analysis,
        created_at: 1,
        started_at: null,
        finished_at: null,
      })
      .execute()
    expect(await get(`${caseId}/checks`)).toEqual([
      { code: 'NOTHING_COUNTED', blocking: true, count: 0 },
      { code: 'ANALYSIS_RUNNING', blocking: true, count: 1 },
    ])
    expect((await sign(caseId)).json().code).toBe('NOT_READY')
  })

  test('a wrong password, an old version or what was not accepted: nothing is signed', async () => {
    const { caseId } = await insertCase(server.ports, ['blast'])
    expect((await sign(caseId, BOTH, 'wrong')).json().code).toBe('PASSWORD_WRONG')
    expect((await sign(caseId, BOTH, PASSWORD, 2)).json().code).toBe('CHANGED_MEANWHILE')
    const refused = await sign(caseId, ['BELOW_TARGET'])
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({
      code: 'NOT_ACCEPTED',
      details: { checks: [{ code: 'UNREVIEWED_LEFT', count: 1 }] },
    })
    expect(await get(`${caseId}/signatures`)).toEqual([])
    expect((await post(`${caseId}/addenda`, { text: 'too early', password: PASSWORD })).json().code).toBe(
      'NOT_SIGNED',
    )
    const technician = await server.as('technician')
    const payload = { version: 1, password: PASSWORD, accepted: BOTH }
    const forbidden = await technician('POST', `/cases/${caseId}/sign`, payload)
    expect(forbidden.statusCode).toBe(403)
  })

  test('a signed case is frozen, hashed and changed by addenda only', async () => {
    const { caseId, fieldId, cellIds } = await insertCase(server.ports, ['blast', 'erythroblast', 'blast'])
    const signed = await sign(caseId, BOTH)
    expect(signed.statusCode).toBe(200)
    expect(signed.json()).toMatchObject({ id: caseId, status: 'signed', version: 2 })
    expect((await sign(caseId, BOTH, PASSWORD, 2)).json().code).toBe('CASE_SIGNED')

    const row = await server.ports.db
      .selectFrom('signatures')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const frozen = JSON.parse(row.snapshot)
    expect(row.sha256).toBe(sha256(canonical(frozen)))
    const rule = { ...countingRule('icsh_2008'), meRule: meRule('me_icsh_2008_with_blasts') }
    expect(frozen.differential).toEqual(differential({ blast: 2, erythroblast: 1 }, rule))
    expect(frozen.cells.blast).toHaveLength(2)
    expect(frozen.fields[0].sha256).toHaveLength(64)
    expect(frozen).toMatchObject({ patient: { name: '张三' }, signature: { accepted: BOTH } })

    const changes = [{ id: cellIds[0], version: 1, set: { reviewed: true } }]
    const box = { x: 60, y: 60, width: 120, height: 120 }
    for (const answer of [
      await post(`${caseId}/changes`, { changes }),
      await doctor('POST', `/fields/${fieldId}/cells`, { box }),
      await doctor('PUT', `/cases/${caseId}/manual-count`, { counts: {}, version: 0 }),
    ]) {
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'CASE_SIGNED'])
    }

    const first = (
      await post(`${caseId}/addenda`, { text: 'Flow cytometry: 补充', password: PASSWORD })
    ).json()
    expect(first).toMatchObject({ kind: 'addendum', text: 'Flow cytometry: 补充', intact: true })
    const add = (text: string, password = PASSWORD) => post(`${caseId}/addenda`, { text, password })
    expect((await add('a', 'wrong')).json().code).toBe('PASSWORD_WRONG')
    await Promise.all([add('a'), add('b')])
    const all = await get(`${caseId}/signatures`)
    expect(all.map((one: { kind: string }) => one.kind)).toEqual([
      'signature',
      'addendum',
      'addendum',
      'addendum',
    ])
    expect(all.every((one: { intact: boolean }) => one.intact)).toBe(true)

    await server.ports.db
      .updateTable('signatures')
      .set({ snapshot: row.snapshot.replace('张三', '李四') })
      .where('id', '=', row.id)
      .execute()
    await server.ports.db.deleteFrom('signatures').where('id', '=', first.id).execute()
    expect((await get(`${caseId}/signatures`)).map((one: { intact: boolean }) => one.intact)).toEqual([
      false,
      false,
      true,
    ])
  })

  test('a count at the microscope is signed the same way', async () => {
    const { caseId } = await insertCase(server.ports, [])
    const counts = { ...{ blast: 2, myelocyte: 14, metamyelocyte: 14, band_neutrophil: 30 }, ...MATURE }
    await doctor('PUT', `/cases/${caseId}/manual-count`, { counts, version: 0 })
    expect(await get(`${caseId}/checks`)).toEqual([])
    expect((await sign(caseId)).statusCode).toBe(200)
    const { snapshot } = await server.ports.db
      .selectFrom('signatures')
      .select('snapshot')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(snapshot)).toMatchObject({ basis: 'manual', counts, differential: { counted: 200 } })
  })
})

test('canonical text does not depend on the order of keys', () => {
  expect(canonical({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
  expect(canonical({ a: 'x', b: [{ c: null, d: 1 }] })).toBe(canonical({ b: [{ d: 1, c: null }], a: 'x' }))
})
