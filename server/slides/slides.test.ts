import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { png } from '../fields/images-for-tests.ts'
import { startUploads } from '../fields/uploads-for-tests.ts'

describe.each(TEST_DATABASES)('slides on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  let caseId: string
  beforeAll(async () => {
    on = await startUploads(await empty())
  })
  afterAll(() => on.server.close())
  beforeEach(async () => {
    caseId = await on.openCase()
  })
  const list = async (id = caseId) => (await on.technician('GET', `/cases/${id}/slides`)).json()
  const add = (label: string) => on.technician('POST', `/cases/${caseId}/slides`, { label })
  const answer = async (call: ReturnType<typeof add>) => {
    const { statusCode, json } = await call
    return [statusCode, json().code]
  }

  test('a case begins with one; others are added, named and counted', async () => {
    const [first] = await list()
    expect(first).toMatchObject({ label: '1', fields: 0, cells: 0 })
    const second = (await add('  2B ')).json()
    expect(second).toMatchObject({ label: '2B', fields: 0, cells: 0 })
    expect(await list()).toEqual([first, second])
    const renamed = await on.technician('PATCH', `/slides/${second.id}`, { label: 'Particle smear' })
    expect(renamed.json()).toEqual({ ...second, label: 'Particle smear' })
    expect(await answer(add('particle SMEAR'))).toEqual([409, 'SLIDE_LABEL_TAKEN'])
    expect(await answer(add('   '))).toEqual([400, 'SLIDE_LABEL_EMPTY'])
    expect(await answer(on.technician('PATCH', `/slides/${first.id}`, { label: 'Particle smear' }))).toEqual([
      409,
      'SLIDE_LABEL_TAKEN',
    ])
    expect((await on.technician('PATCH', `/slides/${first.id}`, { label: '1' })).statusCode).toBe(200)
  })

  test('of two that ask for one label at once, one gets it', async () => {
    const answers = await Promise.all([add('2'), add('2'), add('2')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
    expect(await list()).toHaveLength(2)
  })

  test('an image goes to the slide that is named, else to the first; numbers are of the case', async () => {
    const [first] = await list()
    const second = (await add('2')).json()
    await on.upload('a.png', await png(60), { slideId: second.id })
    await on.upload('b.png', await png(61))
    await on.upload('c.png', await png(62), { slideId: second.id })
    expect(
      (await on.fields()).map((f: { number: number; slideId: string }) => [f.number, f.slideId]),
    ).toEqual([
      [1, second.id],
      [2, first.id],
      [3, second.id],
    ])
    expect(await list()).toMatchObject([
      { label: '1', fields: 1 },
      { label: '2', fields: 2 },
    ])
  })

  test('a slide of another case is refused before a byte is sent', async () => {
    const foreign = (await list())[0].id
    caseId = await on.openCase()
    for (const slideId of [foreign, uuid(), "' or 1=1 --"]) {
      const refused = await on.begin(10, { filename: 'a.png', slideId })
      expect([refused.status, JSON.parse(await refused.text()).code]).toEqual([422, 'SLIDE_UNKNOWN'])
    }
  })

  test('a slide that was removed while its image was on the way is told as a fault', async () => {
    const second = (await add('2')).json()
    const data = await png(63)
    const place = on.placeOf(await on.begin(data.length, { filename: 'late.png', slideId: second.id }))
    await on.technician('DELETE', `/slides/${second.id}`)
    await on.send(place, 0, data)
    expect(await on.fields()).toEqual([])
    expect(await on.faults()).toMatchObject([{ fileName: 'late.png', code: 'SLIDE_UNKNOWN' }])
  })

  test('an empty slide can be removed, one with fields or the last one cannot', async () => {
    const [first] = await list()
    expect(await answer(on.technician('DELETE', `/slides/${first.id}`))).toEqual([409, 'LAST_SLIDE'])
    const second = (await add('2')).json()
    await on.upload('a.png', await png(64), { slideId: second.id })
    expect(await answer(on.technician('DELETE', `/slides/${second.id}`))).toEqual([409, 'SLIDE_NOT_EMPTY'])
    expect((await on.technician('DELETE', `/slides/${first.id}`)).statusCode).toBe(200)
    await on.upload('b.png', await png(65))
    expect(await list()).toMatchObject([{ id: second.id, fields: 2 }])
    expect((await on.technician('DELETE', `/slides/${uuid()}`)).statusCode).toBe(404)
    expect((await on.technician('PATCH', `/slides/${uuid()}`, { label: 'x' })).statusCode).toBe(404)
  })

  test('removed cells are not counted; a signed case keeps its slides', async () => {
    const counted = await insertCase(on.server.ports, ['blast', 'monocyte', 'blast'])
    await on.server.ports.db
      .updateTable('cells')
      .set({ deleted: 1 })
      .where('id', '=', counted.cellIds[0]!)
      .execute()
    const [slide] = await list(counted.caseId)
    expect(slide).toMatchObject({ fields: 1, cells: 2 })
    await on.setStatus('signed')
    const [first] = await list()
    for (const call of [
      add('2'),
      on.technician('PATCH', `/slides/${first.id}`, { label: 'x' }),
      on.technician('DELETE', `/slides/${first.id}`),
    ]) {
      expect(await answer(call)).toEqual([409, 'CASE_SIGNED'])
    }
  })

  test('other pages hear of it', async () => {
    const heard: unknown[] = []
    on.server.ports.events.on(caseId, null, (event) => heard.push(event))
    const { id } = (await add('2')).json()
    await on.technician('PATCH', `/slides/${id}`, { label: '3' })
    await on.technician('DELETE', `/slides/${id}`)
    expect(heard).toEqual([{ kind: 'fields' }, { kind: 'fields' }, { kind: 'fields' }])
  })
})
