import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countingRule, differential, INTENDED_USE, meRule } from '../../cytology/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase } from './case-for-tests.ts'

const RULE = { ...countingRule('icsh_2008'), meRule: meRule('me_icsh_2008_with_blasts') }

describe.each(TEST_DATABASES)('counts on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  const differentialOf = async (id: string, basis: string) =>
    (await doctor('GET', `/cases/${id}/differential?basis=${basis}`)).json()
  const put = (id: string, payload: object) => doctor('PUT', `/cases/${id}/manual-count`, payload)

  test("the differential is cytology's, under the case's rules", async () => {
    const types = ['blast', 'blast', 'erythroblast', 'myelocyte', 'not_identifiable'] as const
    const { caseId, cellIds } = await insertCase(server.ports, types)
    const changes = [
      { id: cellIds[0], version: 1, set: { reviewed: true } },
      { id: cellIds[3], version: 1, set: { deleted: true } },
    ]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const all = { blast: 2, erythroblast: 1, not_identifiable: 1 }
    expect(await differentialOf(caseId, 'all')).toMatchObject(differential(all, RULE))
    expect(await differentialOf(caseId, 'reviewed')).toMatchObject(differential({ blast: 1 }, RULE))
    expect(await differentialOf(caseId, 'manual')).toMatchObject(differential({}, RULE))
    expect((await differentialOf(caseId, 'all')).notice).toBe(INTENDED_USE)
  })

  test('a count by key is kept, versioned, and counted', async () => {
    const { caseId } = await insertCase(server.ports, [])
    const url = `/cases/${caseId}/manual-count`
    expect((await doctor('GET', url)).json()).toEqual({ counts: {}, version: 0 })
    const first = { counts: { blast: 3, lymphocyte: 7 }, version: 0 }
    expect((await put(caseId, first)).json()).toEqual({ ...first, version: 1 })
    const second = { counts: { blast: 4, lymphocyte: 7 }, version: 1 }
    expect((await put(caseId, second)).json()).toEqual({ ...second, version: 2 })
    const stale = await put(caseId, { ...first, version: 1 })
    expect(stale.statusCode).toBe(409)
    expect(stale.json()).toMatchObject({ code: 'CHANGED_MEANWHILE', details: { ...second, version: 2 } })
    expect((await put(caseId, first)).statusCode).toBe(409)
    expect(await differentialOf(caseId, 'manual')).toMatchObject(differential(second.counts, RULE))
  })

  test('nobody counts what is no type, nor less than nothing', async () => {
    const { caseId } = await insertCase(server.ports, [])
    for (const counts of [{ not_identifiable: 1 }, { unicorn: 1 }, { blast: -1 }, { blast: 0.5 }]) {
      expect((await put(caseId, { counts, version: 0 })).statusCode).toBe(400)
    }
  })
})
