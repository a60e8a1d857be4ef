import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

type Caller = Awaited<ReturnType<TestServer['as']>>
const SHAN = { hospitalNumber: 'H-1', name: '单雄信', sex: 'male', birthDate: '1960-02-03' }

describe.each(TEST_DATABASES)('patients on %s', (_, empty) => {
  let server: TestServer
  let call: Caller
  beforeAll(async () => {
    server = await startTestServer(await empty())
    call = await server.as('technician')
  })
  afterAll(() => server.close())

  const create = async (patient: object) => (await call('POST', '/patients', { ...SHAN, ...patient })).json()
  const newCase = async (marrowNumber: string, patient: object, more: object = {}) =>
    (await call('POST', '/cases', { marrowNumber, patient: { ...SHAN, ...patient }, ...more })).json()
  const found = async (text: string, more = '') =>
    (await call('GET', `/patients?search=${encodeURIComponent(text)}${more}`))
      .json()
      .items.map((row: { name: string }) => row.name)
  const cases = async (text: string, more = '') =>
    (await call('GET', `/cases?search=${encodeURIComponent(text)}${more}`))
      .json()
      .items.map((row: { marrowNumber: string }) => row.marrowNumber)

  test('a patient is made, found by all that it is called, and read with its cases', async () => {
    const made = await create({})
    expect(made).toMatchObject({
      ...SHAN,
      pinyin: 'shanxiongxin',
      initials: 'sxx',
      archived: false,
      version: 1,
    })
    for (const text of ['单', '雄信', 'shanx', 'sxx', 'danxiong', 'h1', 'H-1']) {
      expect([text, await found(text)]).toEqual([text, ['单雄信']])
    }
    expect(await found('xs')).toEqual([])
    const { id } = await newCase('BM-1', {}, { diagnosis: '急性髓系白血病', receivedOn: '2026-01-02' })
    expect(await found('白血病 shan 2026-01')).toEqual(['单雄信'])
    const read = (await call('GET', `/patients/${made.id}`)).json()
    expect(read.cases).toHaveLength(1)
    expect(read.cases[0]).toMatchObject({ id, diagnosis: '急性髓系白血病', patientId: made.id })
    const [row] = (await call('GET', '/patients?search=shan')).json().items
    expect(row).toMatchObject({ cases: 1, lastReceivedOn: '2026-01-02' })
    expect((await call('POST', '/patients', SHAN)).json()).toMatchObject({
      code: 'HOSPITAL_NUMBER_TAKEN',
      details: { id: made.id },
    })
    const nobody = { ...SHAN, name: ' ', hospitalNumber: '' }
    expect((await call('POST', '/patients', nobody)).json().code).toBe('PATIENT_EMPTY')
    expect((await call('GET', `/patients/${uuid()}`)).statusCode).toBe(404)
  })

  test('an edit is kept with who made it, changes what finds the patient, and is refused from a stale page', async () => {
    const made = await create({ hospitalNumber: 'H-2', name: '仇英' })
    const doctor = await server.as('doctor')
    const edited = await doctor('PATCH', `/patients/${made.id}`, {
      version: 1,
      name: '裘英',
      birthDate: null,
    })
    expect(edited.json()).toMatchObject({ name: '裘英', birthDate: null, sex: 'male', version: 2 })
    expect([await found('仇'), await found('裘')]).toEqual([[], ['裘英']])
    const stale = await call('PATCH', `/patients/${made.id}`, { version: 1, name: 'x' })
    expect([stale.statusCode, stale.json().code, stale.json().details.name]).toEqual([
      409,
      'CHANGED_MEANWHILE',
      '裘英',
    ])
    const same = await call('PATCH', `/patients/${made.id}`, { version: 2, name: '裘英' })
    expect(same.json().version).toBe(2)
    expect(
      (await call('PATCH', `/patients/${made.id}`, { version: 2, hospitalNumber: 'H-1' })).json().code,
    ).toBe('HOSPITAL_NUMBER_TAKEN')
    const history = (await call('GET', `/patients/${made.id}/history`)).json()
    expect(history).toHaveLength(1)
    expect(history[0]).toMatchObject({
      userName: 'A doctor',
      kind: 'edit',
      changes: { name: ['仇英', '裘英'], birthDate: ['1960-02-03', null] },
    })
  })

  test('a correction that comes with a case is kept and found as well', async () => {
    const made = await newCase('BM-2', { hospitalNumber: 'H-3', name: '解缙' })
    const patient = { ...SHAN, hospitalNumber: 'H-3', name: '解晋' }
    await call('PATCH', `/cases/${made.id}`, { version: 1, patient, diagnosis: '贫血待查' })
    expect([await cases('解缙'), await cases('xiejin 贫血')]).toEqual([[], ['BM-2']])
    const history = (await call('GET', `/patients/${made.patientId}/history`)).json()
    expect(history[0]).toMatchObject({ kind: 'edit', changes: { name: ['解缙', '解晋'] } })
    await call('PATCH', `/cases/${made.id}`, { version: 2, diagnosis: '', receivedOn: '2020-05-06' })
    expect([await cases('贫血'), await cases('2020-05')]).toEqual([[], ['BM-2']])
  })

  test('an archived patient is out of the lists until a new case brings it back', async () => {
    const made = await newCase('BM-3', { hospitalNumber: 'H-4', name: '朴树' })
    const path = `/patients/${made.patientId}`
    const archived = (await call('POST', `${path}/archive`, { version: 1 })).json()
    expect(archived).toMatchObject({ archived: true, version: 2 })
    expect([await found('piao'), await cases('BM-3')]).toEqual([[], []])
    expect([await found('piao', '&archived=true'), await cases('BM-3', '&archived=true')]).toEqual([
      ['朴树'],
      ['BM-3'],
    ])
    expect((await call('POST', `${path}/unarchive`, { version: 1 })).statusCode).toBe(409)
    await newCase('BM-4', { hospitalNumber: 'H-4', name: '朴树' })
    expect([await found('piao'), await cases('piao')]).toEqual([['朴树'], ['BM-4', 'BM-3']])
    const kinds = (await call('GET', `${path}/history`)).json().map((row: { kind: string }) => row.kind)
    expect(kinds).toEqual(['unarchive', 'archive'])
  })

  test('a scanned number names its case or its patient', async () => {
    const made = await newCase('G2026/77', { hospitalNumber: '00123-X', name: '阿卜杜拉·买买提' })
    const by = async (number: string) =>
      (await call('GET', `/by-number?number=${encodeURIComponent(number)}`)).json()
    expect(await by('g2026/77')).toEqual({ caseId: made.id, patientId: null })
    expect(await by('00123-x')).toEqual({ caseId: null, patientId: made.patientId })
    expect(await by('G2026/7')).toEqual({ caseId: null, patientId: null })
    expect(await by('阿卜杜拉')).toEqual({ caseId: null, patientId: null })
  })

  test('a number is compared as a person reads it, and shown as it was written', async () => {
    const made = await newCase('Ｂ\u200b–９', { hospitalNumber: 'ＨQ\u200e－７７', name: '卜算子' })
    expect(made).toMatchObject({ marrowNumber: 'Ｂ–９', patient: { hospitalNumber: 'ＨQ－７７' } })
    const again = await newCase('B-10', { hospitalNumber: 'hq\u00ad-77', name: '卜算子' })
    expect(again.patientId).toBe(made.patientId)
    const taken = await call('POST', '/cases', { marrowNumber: ' b—9\u2060', patient: SHAN })
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'MARROW_NUMBER_TAKEN'])
    const double = await call('POST', '/patients', { ...SHAN, hospitalNumber: 'HQ−77\ufeff' })
    expect([double.statusCode, double.json().code]).toEqual([409, 'HOSPITAL_NUMBER_TAKEN'])
    const by = async (number: string) =>
      (await call('GET', `/by-number?number=${encodeURIComponent(number)}`)).json()
    expect(await by('B\u200d-9')).toEqual({ caseId: made.id, patientId: null })
    expect(await by('ＨＱ‑77')).toEqual({ caseId: null, patientId: made.patientId })
    for (const text of ['hq77', 'H\u200bQ-77', 'ｈｑ－７７'])
      expect([text, await found(text)]).toEqual([text, ['卜算子']])
    expect(await cases('b\u00ad9')).toEqual(['Ｂ–９'])
    expect((await call('POST', '/cases', { marrowNumber: '\u200b', patient: SHAN })).json().code).toBe(
      'MARROW_NUMBER_EMPTY',
    )
    // The same number, written better, is no other patient.
    await call('PATCH', `/cases/${made.id}`, { version: 1, patient: { ...SHAN, hospitalNumber: 'HQ-77' } })
    const read = (await call('GET', `/patients/${made.patientId}`)).json()
    expect([read.hospitalNumber, read.cases.length, read.sameNumber]).toEqual(['HQ-77', 2, []])
  })

  test('two patients of before who have one number stay two; the page and every entry tell', async () => {
    const [one, two] = [
      await create({ hospitalNumber: 'K-1', name: '甲' }),
      await create({ hospitalNumber: 'K-2', name: '乙' }),
    ]
    await server.ports.db
      .updateTable('patients')
      .set({ hospital_number: 'Ｋ-1', hospital_number_key: 'k-1' })
      .where('id', '=', two.id)
      .execute()
    const read = async (id: string) => (await call('GET', `/patients/${id}`)).json()
    expect((await read(one.id)).sameNumber).toEqual([{ id: two.id, name: '乙' }])
    expect((await read(two.id)).sameNumber).toEqual([{ id: one.id, name: '甲' }])
    const refused = await call('POST', '/cases', {
      marrowNumber: 'K',
      patient: { ...SHAN, hospitalNumber: 'K-1' },
    })
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'HOSPITAL_NUMBER_TWICE'])
    expect((await call('GET', '/by-number?number=K-1')).json()).toEqual({ caseId: null, patientId: null })
    const renamed = await call('PATCH', `/patients/${two.id}`, {
      version: 1,
      hospitalNumber: 'Ｋ-1',
      name: '丙',
    })
    expect(renamed.json()).toMatchObject({ name: '丙', hospitalNumber: 'Ｋ-1' })
    await call('POST', `/patients/${one.id}/merge`, { version: 1, otherId: two.id, otherVersion: 2 })
    expect((await read(one.id)).sameNumber).toEqual([])
    expect((await call('GET', '/by-number?number=K-1')).json()).toEqual({ caseId: null, patientId: one.id })
  })

  test('the readers are those who may read', async () => {
    await server.as('researcher')
    const readers = (await (await server.as('read_only'))('GET', '/readers')).json()
    expect(readers.map((row: { name: string }) => row.name)).toContain('A technician')
    expect(readers.some((row: { role: string }) => ['researcher', 'read_only'].includes(row.role))).toBe(
      false,
    )
  })

  test('chips: mine, unassigned, a state typed as a word', async () => {
    const one = await newCase('C-1', { hospitalNumber: '', name: '孟浩然' })
    await newCase('C-2', { hospitalNumber: '', name: '孟浩然' })
    await call('PATCH', `/cases/${one.id}`, { version: 1, readerId: call.userId })
    expect(await cases('孟', '&reader=me')).toEqual(['C-1'])
    expect(await cases('孟', '&reader=none')).toEqual(['C-2'])
    expect(await cases('', '&reader=me')).toEqual(['C-1'])
    expect(await cases('', '&reader=none&status=signed')).toEqual([])
    expect(await cases('孟 pending')).toEqual(['C-2', 'C-1'])
    expect(await cases('孟 signed')).toEqual([])
    expect(await cases('pending', '&status=signed')).toEqual([])
  })
})
