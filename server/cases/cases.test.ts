import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_PATIENT } from '../../cytology/index.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { refreshDue } from '../summaries/refresh.ts'

type Caller = Awaited<ReturnType<TestServer['as']>>
const LI = { hospitalNumber: 'H-100', name: '李雷', sex: 'male', birthDate: '1960-02-03' }

describe.each(TEST_DATABASES)('cases on %s', (_, empty) => {
  let server: TestServer
  let technician: Caller
  beforeAll(async () => {
    server = await startTestServer(await empty())
    technician = await server.as('technician')
  })
  afterAll(() => server.close())

  const create = async (marrowNumber: string, patient: object = {}, more: object = {}) =>
    technician('POST', '/cases', { marrowNumber, patient: { ...LI, ...patient }, ...more })

  test('a case gets the usual target, rule and stain, and is read back', async () => {
    const made = (await create(' BM-1 ', {}, { site: 'left iliac crest', receivedOn: '2026-01-02' })).json()
    expect(made).toMatchObject({
      marrowNumber: 'BM-1',
      patient: LI,
      site: 'left iliac crest',
      stain: 'Wright-Giemsa',
      receivedOn: '2026-01-02',
      status: 'pending',
      target: 500,
      countingRule: 'icsh_2008',
      meRule: 'me_icsh_2008',
      synthetic: false,
      version: 1,
    })
    expect((await technician('GET', `/cases/${made.id}`)).json()).toEqual(made)
  })

  test('a marrow number names one case, a hospital number one patient', async () => {
    const again = await create('BM-1')
    expect([again.statusCode, again.json().code]).toEqual([409, 'MARROW_NUMBER_TAKEN'])
    expect((await create('   ')).json().code).toBe('MARROW_NUMBER_EMPTY')
    await create('BM-2', { name: '', sex: 'unknown', birthDate: null })
    await create('BM-3', { hospitalNumber: '', name: '' })
    const patients = await server.ports.db.selectFrom('patients').selectAll().orderBy('id').execute()
    expect(patients.map((row) => [row.hospital_number, row.name])).toEqual([
      ['H-100', '李雷'],
      ['', ''],
    ])
  })

  test('a marrow number is corrected; the former one is kept, leads to the case and is free again', async () => {
    const made = (await create('WRONG-7')).json()
    const correct = async (marrowNumber: string, version: number) =>
      (await technician('PATCH', `/cases/${made.id}`, { version, marrowNumber })).json()
    expect((await correct('BM-1', 1)).code).toBe('MARROW_NUMBER_TAKEN')
    expect((await correct(' ', 1)).code).toBe('MARROW_NUMBER_EMPTY')
    const after = await correct('RIGHT-7 ', 1)
    expect(after).toMatchObject({
      marrowNumber: 'RIGHT-7',
      formerNumbers: [{ number: 'WRONG-7', changedBy: 'A technician' }],
    })
    const found = async (search: string) =>
      (await technician('GET', `/cases?search=${search}`)).json().items.map(({ id }: { id: string }) => id)
    expect([await found('right-7'), await found('wrong-7')]).toEqual([[made.id], [made.id]])
    expect((await correct('RIGHT-7', after.version)).formerNumbers).toHaveLength(1)
    const other = (await create('WRONG-7')).json()
    expect(other.marrowNumber).toBe('WRONG-7')
    expect((await technician('GET', '/by-number?number=WRONG-7')).json().caseId).toBe(other.id)
    await server.ports.db.deleteFrom('cases').where('id', 'in', [made.id, other.id]).execute()
    await server.ports.db.deleteFrom('search_terms').where('case_id', 'in', [made.id, other.id]).execute()
  })

  test('the worklist finds by number and name, takes signs as they are, and turns pages', async () => {
    await create('50%_A', { hospitalNumber: 'H-200', name: 'Anna Bohr' })
    const found = async (query: string) =>
      (await technician('GET', `/cases?${query}`))
        .json()
        .items.map((c: { marrowNumber: string }) => c.marrowNumber)
    expect(await found('')).toEqual(['50%_A', 'BM-3', 'BM-2', 'BM-1'])
    expect(await found('search=bm-')).toEqual(['BM-3', 'BM-2', 'BM-1'])
    expect(await found(`search=${encodeURIComponent('李')}`)).toEqual(['BM-2', 'BM-1'])
    expect(await found('search=H-200%20bohr')).toEqual(['50%_A'])
    expect(await found('search=50%25')).toEqual(['50%_A'])
    expect(await found('search=%25')).toEqual([])
    expect(await found('search=0%25')).toEqual([])
    expect(await found(`search=${encodeURIComponent("' or 1=1 --")}`)).toEqual([])
    expect(await found('status=signed')).toEqual([])
    const first = (await technician('GET', '/cases?pageSize=2')).json()
    expect(first).toMatchObject({ total: 4, more: false, next: expect.any(String) })
    expect(await found(`pageSize=2&after=${first.next}`)).toEqual(['BM-2', 'BM-1'])
    expect((await technician('GET', `/cases?pageSize=2&after=${first.next}`)).json().next).toBeNull()
    expect(await found('order=oldest')).toEqual(['BM-1', 'BM-2', 'BM-3', '50%_A'])
    expect((await technician('GET', '/cases?after=somewhere')).statusCode).toBe(400)
    expect((await technician('GET', '/cases?pageSize=0')).statusCode).toBe(400)
  })

  test('a number that is a month too comes first once, where the filter lets it through', async () => {
    await create('2019-12', {}, { receivedOn: '2019-12-01' })
    for (const day of ['05', '06', '07']) await create(`D-${day}`, {}, { receivedOn: `2019-12-${day}` })
    await create('2018-11', {}, { receivedOn: '2019-12-03' })
    const page = async (query: string) => (await technician('GET', `/cases?${query}`)).json()
    const numbers = (list: { items: { marrowNumber: string }[] }) =>
      list.items.map(({ marrowNumber }) => marrowNumber)
    const whole = await page('search=2019-12')
    expect([numbers(whole), whole.total]).toEqual([['2019-12', 'D-07', 'D-06', 'D-05', '2018-11'], 5])
    const first = await page('search=2019-12&pageSize=3')
    expect([numbers(first).slice(0, 2), first.total]).toEqual([['2019-12', 'D-07'], 5])
    const second = await page(`search=2019-12&pageSize=3&after=${first.next}`)
    expect([...numbers(first), ...numbers(second)].sort()).toEqual(numbers(whole).sort())
    // Received in another month than its number says.
    expect(numbers(await page('search=2018-11'))).toEqual(['2018-11'])
    for (const filter of ['archived=true', 'status=signed', 'reader=me']) {
      expect(await page(`search=2018-11&${filter}`)).toMatchObject({ items: [], total: 0 })
    }
  })

  test('the worklist counts cells and the share of blasts', async () => {
    const { id } = (await create('BM-counted')).json()
    await addCells(id, 'blast', 5, true)
    await addCells(id, 'erythroblast', 15, false)
    await addCells(id, 'not_identifiable', 3, false)
    const listed = async () => (await technician('GET', '/cases?search=counted')).json().items
    await summaryDue(server.ports.db, id)
    const [row] = await listed()
    expect(row).toMatchObject({ fields: 0, cells: 23, reviewed: 5, doubtful: 0 })
    expect(row.blast.percent).toBe(25)
    // scipy.stats.beta.ppf for 5 of 20.
    expect([row.blast.low, row.blast.high].map((v) => v.toFixed(3))).toEqual(['8.657', '49.105'])
    // Summed up, it says the same; a change after that shows at once.
    while ((await refreshDue(server.ports.db)) > 0);
    expect(await listed()).toEqual([row])
    await addCells(id, 'blast', 5, false)
    await summaryDue(server.ports.db, id)
    expect(await listed()).toMatchObject([{ cells: 28, reviewed: 5, blast: { percent: 40 } }])
  })

  test('a case that is counted at the microscope shows that count', async () => {
    const { id } = (await create('BM-manual')).json()
    const counts = { blast: 5, erythroblast: 15 }
    expect((await technician('PUT', `/cases/${id}/manual-count`, { counts, version: 0 })).statusCode).toBe(
      200,
    )
    const listed = async () => (await technician('GET', '/cases?search=BM-manual')).json().items
    const [row] = await listed()
    expect(row).toMatchObject({ cells: 20, reviewed: 20, doubtful: 0, blast: { percent: 25 } })
    while ((await refreshDue(server.ports.db)) > 0);
    expect(await listed()).toEqual([row])
  })

  test('a change from a stale window is answered with the case as it is', async () => {
    const { id } = (await create('BM-stale')).json()
    const doctor = await server.as('doctor')
    const changed = await doctor('PATCH', `/cases/${id}`, {
      version: 1,
      target: 200,
      readerId: doctor.userId,
    })
    expect(changed.json()).toMatchObject({ version: 2, target: 200, readerName: 'A doctor', site: '' })
    const stale = await technician('PATCH', `/cases/${id}`, { version: 1, site: 'sternum' })
    expect(stale.statusCode).toBe(409)
    expect(stale.json()).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      details: { version: 2, target: 200, site: '' },
    })
    expect(
      (await doctor('PATCH', `/cases/${id}`, { version: 2, readerId: null })).json().readerName,
    ).toBeNull()
    const nobody = await doctor('PATCH', `/cases/${id}`, { version: 3, readerId: uuid() })
    expect([nobody.json().code, (await doctor('GET', `/cases/${id}`)).json().version]).toEqual([
      'READER_UNKNOWN',
      3,
    ])
  })

  test('another hospital number is another patient where other cases share the first', async () => {
    const one = (await create('BM-p1', { hospitalNumber: 'H-300' })).json()
    const two = (await create('BM-p2', { hospitalNumber: 'H-300' })).json()
    const patient = { ...LI, hospitalNumber: 'H-301', name: 'Han' }
    await technician('PATCH', `/cases/${two.id}`, { version: 1, patient })
    expect((await technician('GET', `/cases/${one.id}`)).json().patient).toMatchObject({
      hospitalNumber: 'H-300',
      name: '李雷',
    })
    expect((await technician('GET', `/cases/${two.id}`)).json().patient).toEqual({
      ...EMPTY_PATIENT,
      ...patient,
    })
  })

  test('a signed case stays as it is, and one that is not there is not found', async () => {
    const { id } = (await create('BM-signed')).json()
    await server.ports.db.updateTable('cases').set({ status: 'signed' }).where('id', '=', id).execute()
    expect((await technician('PATCH', `/cases/${id}`, { version: 1, site: 'x' })).json().code).toBe(
      'CASE_SIGNED',
    )
    expect((await technician('GET', `/cases/${id}`)).json()).toMatchObject({ version: 1, site: '' })
    expect((await technician('GET', `/cases/${uuid()}`)).statusCode).toBe(404)
    expect((await technician('PATCH', `/cases/${uuid()}`, { version: 1 })).statusCode).toBe(404)
  })

  test('who watches a case hears of changes until either side ends', async () => {
    const { id } = (await create('BM-watched')).json()
    await server.app.listen({ port: 0 })
    const { port } = server.app.server.address() as AddressInfo
    const request = get({ port, path: `/api/cases/${id}/events`, headers: { cookie: technician.cookie } })
    const [response] = await once(request, 'response')
    expect(response.headers['content-type']).toContain('text/event-stream')
    let heard = ''
    response.setEncoding('utf8').on('data', (text: string) => {
      heard += text
    })
    await technician('PATCH', `/cases/${id}`, { version: 1, site: 'sternum' })
    await expect.poll(() => heard).toContain('data: {"kind":"case"}\n\n')
    request.destroy()
    response.on('error', () => {})

    // One who stays must not keep the server from ending; the end of the test closes it.
    const staying = get({ port, path: `/api/cases/${id}/events`, headers: { cookie: technician.cookie } })
    staying.on('error', () => {})
    const [open] = await once(staying, 'response')
    open.on('error', () => {}).resume()
  })

  async function addCells(
    caseId: string,
    type: 'blast' | 'erythroblast' | 'not_identifiable',
    count: number,
    reviewed: boolean,
  ) {
    const flags = { touches_edge: 0, reviewed: reviewed ? 1 : 0, deleted: 0, origin: 'model' } as const
    const cell = {
      ...flags,
      case_id: caseId,
      field_id: uuid(),
      analysis_id: null,
      ...{ x: 0, y: 0, width: 1, height: 1, detection: 1 },
      ...{ type, suggested: type, probability: 1, probabilities: '[]', regions: '[]', version: 1 },
      updated_by: null,
      updated_at: Date.now(),
    }
    const rows = Array.from({ length: count }, () => ({ ...cell, id: uuid() }))
    await server.ports.db.insertInto('cells').values(rows).execute()
  }
})
