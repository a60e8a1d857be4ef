/** What waits for two readers: who is asked is told, who asked is told of the end, and the report says κ where the site wants it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('the inbox on %s', (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(await empty())
  })
  afterAll(() => server.close())

  type Caller = Awaited<ReturnType<TestServer['as']>>
  const inbox = async (who: Caller) => (await who('GET', '/inbox')).json()
  const assign = async (who: Caller, caseId: string, readerId: string) =>
    (await who('POST', `/cases/${caseId}/second-readings`, { readerId })).json()[0].id as string
  const seen = (who: Caller, caseId: string) => who('POST', `/cases/${caseId}/second-readings/seen`)
  async function finish(who: Caller, caseId: string, readingId: string, cellIds: readonly string[]) {
    const changes = cellIds.map((id) => ({ id, version: 1, set: { reviewed: true } }))
    await who('POST', `/cases/${caseId}/changes`, { changes })
    expect((await who('POST', `/second-readings/${readingId}/finish`)).statusCode).toBe(200)
  }

  test('is told to whom it waits for, and unread until it was seen', async () => {
    const [first, second, other] = [
      await server.as('doctor'),
      await server.as('doctor'),
      await server.as('doctor'),
    ]
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const readingId = await assign(first, caseId, second.userId)
    const item = { readingId, caseId, marrowNumber: caseId, personName: 'A doctor' }
    expect(await inbox(second)).toMatchObject({
      items: [{ ...item, kind: 'to_read', unread: true }],
      waiting: 1,
    })
    for (const who of [first, other]) expect(await inbox(who)).toEqual({ items: [], waiting: 0 })
    // Who is not asked marks nothing.
    for (const who of [other, first]) await seen(who, caseId)
    expect((await inbox(second)).items).toMatchObject([{ unread: true }])
    expect((await seen(second, caseId)).statusCode).toBe(200)
    expect(await inbox(second)).toMatchObject({ items: [{ unread: false }], waiting: 1 })

    await finish(second, caseId, readingId, cellIds)
    expect(await inbox(second)).toEqual({ items: [], waiting: 0 })
    expect(await inbox(first)).toMatchObject({
      items: [{ ...item, kind: 'finished', unread: true }],
      waiting: 1,
    })
    await seen(first, caseId)
    expect(await inbox(first)).toMatchObject({ items: [{ kind: 'finished', unread: false }], waiting: 0 })
    const long = Date.now() - 31 * 86_400_000
    await server.ports.db.updateTable('second_readings').set({ finished_at: long }).execute()
    expect(await inbox(first)).toEqual({ items: [], waiting: 0 })

    const { caseId: taken } = await insertCase(server.ports, ['blast'])
    await first('DELETE', `/second-readings/${await assign(first, taken, second.userId)}`)
    expect(await inbox(second)).toEqual({ items: [], waiting: 0 })
  })

  test('Mine has the cases to read first and those to read second, in one order and searched alike', async () => {
    const [first, second] = [await server.as('doctor'), await server.as('doctor')]
    const { db } = server.ports
    const made: string[] = []
    for (const day of ['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04']) {
      const { caseId } = await insertCase(server.ports, ['blast'])
      await db.updateTable('cases').set({ received_on: day }).where('id', '=', caseId).execute()
      made.push(caseId)
    }
    await db
      .updateTable('cases')
      .set({ reader_id: second.userId })
      .where('id', 'in', [made[0]!, made[2]!])
      .execute()
    await assign(first, made[1]!, second.userId)
    const mine = async (query = '') => {
      const { items, total } = (await second('GET', `/cases?reader=me${query}`)).json()
      return [total, items.map(({ id }: { id: string }) => made.indexOf(id))]
    }
    expect(await mine()).toEqual([3, [2, 1, 0]])
    expect(await mine('&order=oldest')).toEqual([3, [0, 1, 2]])
    expect(await mine('&search=2024-05-02')).toEqual([1, [1]])
    expect(await mine('&status=signed')).toEqual([0, []])
    const { next } = (await second('GET', '/cases?reader=me&pageSize=1')).json()
    const [after] = (await second('GET', `/cases?reader=me&pageSize=1&after=${next}`)).json().items
    expect(made.indexOf(after.id)).toBe(1)
    // Another's list by name is what that person reads first.
    const { items } = (await first('GET', `/cases?reader=${second.userId}`)).json()
    expect(items.map(({ id }: { id: string }) => made.indexOf(id))).toEqual([2, 0])
  })

  test('a report says how far both agreed where the site wants it, and keeps it as it was signed', async () => {
    const administrator = await server.as('administrator')
    const [first, second] = [await server.as('doctor', PASSWORD), await server.as('doctor')]
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte'])
    const readingId = await assign(first, caseId, second.userId)
    const changes = cellIds.map((id) => ({ id, version: 1, set: { reviewed: true } }))
    await first('POST', `/cases/${caseId}/changes`, { changes })
    await finish(second, caseId, readingId, cellIds)
    const said = async () => (await first('GET', `/cases/${caseId}/report.json`)).json().agreement
    const set = async (kappaOnReport: boolean) => {
      const now = (await administrator('GET', '/settings')).json()
      await administrator('PUT', '/settings', { ...now, kappaOnReport })
    }
    expect(await said()).toBeNull()
    await set(true)
    expect(await said()).toMatchObject({ readerName: 'A doctor', cells: 3, agreed: 3, kappa: 1 })
    const { version } = (await first('GET', `/cases/${caseId}`)).json()
    const sign = { version, password: PASSWORD, accepted: ['BELOW_TARGET'] }
    expect((await first('POST', `/cases/${caseId}/sign`, sign)).statusCode).toBe(200)
    await set(false)
    expect(await said()).toMatchObject({ agreed: 3, kappa: 1 })
    const pdf = await first('GET', `/cases/${caseId}/report.pdf?lang=zh`)
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
  })
})
