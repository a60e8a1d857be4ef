/** How the review of cells came about: said, validated, kept in the history, undone, and told in the report. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertCase } from './case-for-tests.ts'

const TYPES = ['blast', 'blast', 'monocyte', 'lymphocyte', 'not_identifiable', 'erythroblast'] as const

describe.each(TEST_DATABASES)('confirmed singly or together, on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', 'correct horse battery')
  })
  afterAll(() => server.close())

  type Set = { type?: string; reviewed?: boolean; confirmed?: string | null; deleted?: boolean }
  const cells = async (caseId: string, who = doctor) =>
    new Map<string, { version: number; confirmed: string | null; type: string }>(
      (await who('GET', `/cases/${caseId}/cells`)).json().cells.map((one: { id: string }) => [one.id, one]),
    )
  const change = async (caseId: string, sets: Record<string, Set>, who = doctor) => {
    const now = await cells(caseId, who)
    const changes = Object.entries(sets).map(([id, set]) => ({ id, version: now.get(id)!.version, set }))
    return who('POST', `/cases/${caseId}/changes`, { changes })
  }
  const how = async (caseId: string, ids: readonly string[], who = doctor) => {
    const now = await cells(caseId, who)
    return ids.map((id) => now.get(id)!.confirmed)
  }

  test('is kept as it was said, or follows from how many cells the change settles', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    const [a, b, c, d, e, f] = cellIds as [string, string, string, string, string, string]
    await change(caseId, { [a]: { reviewed: true, confirmed: 'singly' } })
    await change(caseId, { [b]: { reviewed: true, confirmed: 'together' } })
    await change(caseId, { [c]: { type: 'blast' } })
    await change(caseId, { [d]: { reviewed: true }, [e]: { reviewed: true }, [a]: { reviewed: true } })
    await change(caseId, { [f]: { deleted: true } })
    expect(await how(caseId, [a, b, c, d, e])).toEqual([
      'singly',
      'together',
      'singly',
      'together',
      'together',
    ])
    // Looking at one of them alone afterwards says more.
    await change(caseId, { [b]: { reviewed: true, confirmed: 'singly' } })
    await change(caseId, { [d]: { reviewed: false } })
    expect(await how(caseId, [b, d])).toEqual(['singly', null])
    const { history } = (await doctor('GET', `/cells/${b}`)).json()
    expect(history.map((one: { before: object; after: object }) => [one.before, one.after])).toEqual([
      [
        { reviewed: false, confirmed: null },
        { reviewed: true, confirmed: 'together' },
      ],
      [{ confirmed: 'together' }, { confirmed: 'singly' }],
    ])
    const { db } = server.ports
    await expect.poll(() => db.selectFrom('audit_outbox').select('id').execute()).toEqual([])
    const audit = await db
      .selectFrom('audit')
      .select('detail')
      .where('case_id', '=', caseId)
      .where('event', '=', 'cell.change')
      .where('detail', 'like', '%"after":%together%')
      .orderBy('number')
      .execute()
    const [one, two] = audit.map(({ detail }) => JSON.parse(detail).after)
    expect([one, two]).toMatchObject([
      { cells: 1, confirmed: { together: 1 } },
      { cells: 2, confirmed: { together: 2 } },
    ])
  })

  test('several at once are not singly, unknown is nothing to say, and what settles nothing has no how', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    const [a, b] = cellIds as [string, string]
    const refused = [
      { [a]: { reviewed: true, confirmed: 'singly' }, [b]: { reviewed: true, confirmed: 'singly' } },
      { [a]: { type: 'monocyte', confirmed: 'singly' }, [b]: { type: 'monocyte', confirmed: 'together' } },
      { [a]: { reviewed: true, confirmed: null } },
      { [a]: { deleted: true, confirmed: 'singly' } },
      { [a]: { reviewed: false, confirmed: 'together' } },
    ]
    for (const sets of refused) {
      const answer = await change(caseId, sets)
      expect([answer.statusCode, answer.json().code], JSON.stringify(sets)).toEqual([400, 'CONFIRMED_NOT_SO'])
    }
    expect((await change(caseId, { [a]: { reviewed: true, confirmed: 'seen' } })).statusCode).toBe(400)
    expect(await how(caseId, [a, b])).toEqual([null, null])
  })

  test('undo of an act on several gives each back what it was, unknown among them', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    const [a, b, c, d] = cellIds as [string, string, string, string]
    await server.ports.db.updateTable('cells').set({ reviewed: 1 }).where('id', '=', d).execute()
    await change(caseId, { [a]: { reviewed: true } })
    await change(caseId, { [b]: { type: 'monocyte' } })
    const before = await cells(caseId)
    await change(caseId, Object.fromEntries([a, b, c, d].map((id) => [id, { type: 'eosinophil' }])))
    expect(await how(caseId, [a, b, c, d])).toEqual(Array(4).fill('together'))
    const back = Object.fromEntries(
      [a, b, c, d].map((id) => {
        const { type, confirmed } = before.get(id)!
        return [id, { type, reviewed: id !== c, confirmed }]
      }),
    )
    expect((await change(caseId, back)).statusCode).toBe(200)
    const now = await cells(caseId)
    for (const id of [a, b, c, d]) {
      expect(now.get(id)).toEqual({ ...before.get(id)!, version: before.get(id)!.version + 2 })
    }
    expect(await how(caseId, [a, b, c, d])).toEqual(['singly', 'singly', null, null])
  })

  test('a blind reader has his own, and the first reader’s stays hidden', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    const [a, b, c] = cellIds as [string, string, string]
    const second = await server.as('doctor', 'another horse battery')
    await change(caseId, { [a]: { reviewed: true } })
    await change(caseId, { [b]: { reviewed: true }, [c]: { reviewed: true } })
    const given = await doctor('POST', `/cases/${caseId}/second-readings`, { readerId: second.userId })
    const [{ id }] = given.json()
    expect(await how(caseId, cellIds, second)).toEqual(Array(6).fill(null))
    const both = {
      [a]: { reviewed: true, confirmed: 'singly' },
      [b]: { reviewed: true, confirmed: 'singly' },
    }
    expect((await change(caseId, both, second)).json().code).toBe('CONFIRMED_NOT_SO')
    await change(caseId, { [a]: { reviewed: true } }, second)
    await change(caseId, { [b]: { type: 'lymphocyte' } }, second)
    await change(caseId, Object.fromEntries([a, b, c].map((one) => [one, { type: 'monocyte' }])), second)
    const undone = { [a]: both[a]!, [b]: { type: 'lymphocyte', ...both[b]! }, [c]: { reviewed: true } }
    await change(caseId, { [a]: { ...undone[a], type: 'blast' }, [b]: undone[b]!, [c]: undone[c]! }, second)
    expect(await how(caseId, [a, b, c], second)).toEqual(['singly', 'singly', 'together'])
    expect(await how(caseId, [a, b, c])).toEqual(['singly', 'together', 'together'])
    const [reading] = (await second('POST', `/second-readings/${id}/finish`)).json()
    expect(reading.agreement).toMatchObject({ cells: 3, agreed: 2, singly: { cells: 1, agreed: 1 } })
    const { pooled } = (await doctor('GET', '/statistics/readers?synthetic=true')).json()
    expect(pooled).toMatchObject({ cells: 3, agreed: 2, singly: { cells: 1, agreed: 1 } })
  })

  test('the report counts the counted cells apart, before and after it is signed', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    const [a, b, c, d, e, f] = cellIds as [string, string, string, string, string, string]
    await change(caseId, { [a]: { reviewed: true } })
    await change(caseId, { [b]: { reviewed: true }, [c]: { reviewed: true }, [e]: { reviewed: true } })
    await server.ports.db.updateTable('cells').set({ reviewed: 1 }).where('id', '=', d).execute()
    const report = async () => (await doctor('GET', `/cases/${caseId}/report.json`)).json()
    // The cell that cannot be identified is not counted.
    const expected = { singly: 1, together: 2, unknown: 1, unreviewed: 1 }
    expect(await report()).toMatchObject({ counted: 5, howConfirmed: expected })
    const csv = (await doctor('GET', `/cases/${caseId}/report.csv?lang=en`)).body
    expect(csv).toMatch(/,confirmed_singly,Confirmed: 1 one by one,1,/)
    expect(csv).toMatch(/,confirmed_together,Confirmed: 2 together,2,/)
    await change(caseId, { [f]: { reviewed: true } })
    const { version } = (await doctor('GET', `/cases/${caseId}`)).json()
    const body = { version, password: 'correct horse battery', accepted: ['BELOW_TARGET'] }
    const signed = await doctor('POST', `/cases/${caseId}/sign`, body)
    expect(signed.json()).toMatchObject({ status: 'signed' })
    expect(await report()).toMatchObject({ howConfirmed: { ...expected, singly: 2, unreviewed: 0 } })
  })
})
