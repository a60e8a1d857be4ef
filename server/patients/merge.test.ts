import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

type Caller = Awaited<ReturnType<TestServer['as']>>
const BLANK = { hospitalNumber: '', name: '', sex: 'unknown', birthDate: null }

describe.each(TEST_DATABASES)('duplicates on %s', (_, empty) => {
  let server: TestServer
  let call: Caller
  beforeAll(async () => {
    server = await startTestServer(await empty())
    call = await server.as('doctor')
  })
  afterAll(() => server.close())

  const create = async (patient: object) => (await call('POST', '/patients', { ...BLANK, ...patient })).json()
  const get = async (path: string) => (await call('GET', path)).json()
  const post = (path: string, body: object = {}) => call('POST', path, body)
  const caseOf = async (marrowNumber: string, patient: object) =>
    (await post('/cases', { marrowNumber, patient: { ...BLANK, ...patient } })).json()
  const found = async (text: string) =>
    (await get(`/patients?search=${encodeURIComponent(text)}`)).items.map((row: { id: string }) => row.id)
  /** All rows that say whose a case is and what finds it, without versions and times. */
  const state = async () => {
    const { db } = server.ports
    const all = await db.selectFrom('patients').selectAll().orderBy('id').execute()
    return {
      patients: all.map(({ version: _v, ...row }) => row),
      cases: await db.selectFrom('cases').select(['id', 'patient_id', 'archived']).orderBy('id').execute(),
      terms: await db
        .selectFrom('search_terms')
        .selectAll()
        .orderBy('patient_id')
        .orderBy('case_id')
        .orderBy('term')
        .execute(),
    }
  }
  /** A patient with a number and a case, and a duplicate with a case, a day of birth and another number. */
  async function pair(tag: string) {
    const a = { hospitalNumber: `${tag}-1`, name: '李雷' }
    const b = { hospitalNumber: `${tag}-2`, name: '李蕾', sex: 'female', birthDate: '1971-01-01' }
    const [one, two] = [await caseOf(`${tag}-A`, a), await caseOf(`${tag}-B`, b)]
    return { kept: one.patientId as string, other: two.patientId as string, moved: two.id as string }
  }
  const merge = (kept: string, otherId: string, version = 1, otherVersion = 1) =>
    post(`/patients/${kept}/merge`, { version, otherId, otherVersion })
  const lastMerge = async (kept: string) => (await get(`/patients/${kept}/merges`))[0]

  test('a merge does what its preview says, and undo puts everything back', async () => {
    const { kept, other, moved } = await pair('M1')
    const before = await state()
    const preview = await get(`/patients/${kept}/merge?other=${other}`)
    expect(preview).toMatchObject({
      cases: [{ id: moved, marrowNumber: 'M1-B' }],
      fills: { sex: 'female', birthDate: '1971-01-01' },
    })
    expect((await merge(kept, other)).json()).toMatchObject({ name: '李雷', sex: 'female', version: 2 })
    expect((await get(`/patients/${kept}`)).cases).toHaveLength(2)
    expect((await get(`/patients/${other}`)).mergedInto).toBe(kept)
    // The duplicate's name and number lead to the one who is kept, as does a new case with that number.
    for (const text of ['m1-2', '李蕾', '李雷', 'M1-B'])
      expect([text, await found(text)]).toEqual([text, [kept]])
    expect(await get('/by-number?number=M1-2')).toEqual({ caseId: null, patientId: kept })
    expect((await call('PATCH', `/patients/${other}`, { version: 2, name: 'x' })).json().code).toBe(
      'PATIENT_MERGED',
    )

    const { id, undoneAt } = await lastMerge(kept)
    expect(undoneAt).toBeNull()
    expect((await post(`/merges/${id}/undo`)).json()).toMatchObject({ sex: 'unknown', birthDate: null })
    expect(await state()).toEqual(before)
    expect((await lastMerge(kept)).undoneAt).toBeGreaterThan(0)
    const kinds = (await get(`/patients/${other}/history`)).map((row: { kind: string }) => row.kind)
    expect(kinds).toEqual(['unmerge', 'merge'])
    expect((await post(`/merges/${id}/undo`)).json()).toMatchObject({ code: 'MERGE_NOT_UNDOABLE' })
  })

  test('a case that comes later with the number of the duplicate belongs to the one who is kept', async () => {
    const { kept, other } = await pair('M2')
    await merge(kept, other)
    const late = await caseOf('M2-C', { hospitalNumber: 'M2-2', name: '李蕾' })
    expect(late.patientId).toBe(kept)
    // What came later stays where it is; what moved goes back.
    expect((await post(`/merges/${(await lastMerge(kept)).id}/undo`)).statusCode).toBe(200)
    expect(
      (await get(`/patients/${kept}`)).cases.map((c: { marrowNumber: string }) => c.marrowNumber),
    ).toEqual(['M2-C', 'M2-A'])
  })

  test('merges are undone in turn, the last one first', async () => {
    const { kept: b, other: a } = await pair('M3')
    const c = (await create({ hospitalNumber: 'M3-3', name: '韩梅梅' })).id
    const before = await state()
    await merge(b, a)
    await merge(c, b, 1, 2)
    expect([await found('M3-2'), await found('hanmeimei')]).toEqual([[c], [c]])
    const inner = (await lastMerge(b)).id
    const refused = await post(`/merges/${inner}/undo`)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'MERGE_NOT_UNDOABLE'])
    expect(refused.json().message).toContain('undo that merge first')
    expect((await post(`/merges/${(await lastMerge(c)).id}/undo`)).statusCode).toBe(200)
    expect((await post(`/merges/${inner}/undo`)).statusCode).toBe(200)
    expect(await state()).toEqual(before)
  })

  test('an undo that cannot put everything back changes nothing and says why', async () => {
    const { kept, other } = await pair('M4')
    await merge(kept, other)
    await call('PATCH', `/patients/${kept}`, { version: 2, birthDate: '1972-02-02' })
    const before = await state()
    const { id } = await lastMerge(kept)
    const edited = await post(`/merges/${id}/undo`)
    expect(edited.json().message).toContain('(birthDate) was changed since')
    expect(await state()).toEqual(before)
    await call('PATCH', `/patients/${kept}`, { version: 3, birthDate: '1971-01-01' })

    const [moved] = (await get(`/patients/${kept}`)).cases
    const patient = { ...BLANK, hospitalNumber: 'M4-9', name: '别人' }
    await call('PATCH', `/cases/${moved.id}`, { version: moved.version, patient })
    const gone = await post(`/merges/${id}/undo`)
    expect(gone.json().message).toContain('given to another patient since')
    expect((await lastMerge(kept)).undoneAt).toBeNull()
  })

  test('a merge is refused with itself, from a stale page, and into who was merged away', async () => {
    const { kept, other } = await pair('M5')
    expect((await merge(kept, kept)).json().code).toBe('MERGE_SELF')
    expect((await merge(kept, other, 1, 7)).json().code).toBe('CHANGED_MEANWHILE')
    await merge(kept, other)
    expect((await merge(other, kept, 2, 2)).json().code).toBe('PATIENT_MERGED')
    expect((await call('GET', `/patients/${kept}/merge?other=${other}`)).json().code).toBe('PATIENT_MERGED')
  })

  test('of two merges of the same duplicate at once one is done', async () => {
    const { kept, other } = await pair('M6')
    const third = (await create({ hospitalNumber: 'M6-3' })).id
    const answers = await Promise.all([merge(kept, other), merge(third, other)])
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
  })
})
