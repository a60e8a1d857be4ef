/** Signing says that everything was looked at: fields of which that is not so are named, and must be confirmed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveField } from '../analyses/save-field.ts'
import { insertAnalysis, insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('fields before signing on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  async function reviewedCase() {
    const made = await insertCase(server.ports, ['blast', 'monocyte'])
    const changes = made.cellIds.map((id) => ({ id, version: 1, set: { reviewed: true } }))
    await doctor('POST', `/cases/${made.caseId}/changes`, { changes })
    return made
  }
  const checks = async (caseId: string) => (await doctor('GET', `/cases/${caseId}/checks`)).json()
  const setField = (id: string, set: object) =>
    server.ports.db.updateTable('fields').set(set).where('id', '=', id).execute()
  /** What is refused to who does not confirm it; then it is confirmed. */
  async function signs(caseId: string, code: string) {
    const { version } = (await doctor('GET', `/cases/${caseId}`)).json()
    const all = (await checks(caseId)).map((check: { code: string }) => check.code)
    const sign = (accepted: string[]) =>
      doctor('POST', `/cases/${caseId}/sign`, { version, password: PASSWORD, accepted })
    const refused = (await sign(all.filter((one: string) => one !== code))).json()
    expect([refused.code, refused.details.checks]).toMatchObject(['NOT_ACCEPTED', [{ code, fields: [1] }]])
    expect((await sign(all)).statusCode).toBe(200)
  }
  const of = (code: string) => ({ code, blocking: false, count: 1, fields: [1] })

  test('a case whose fields were all looked at asks nothing of them', async () => {
    const { caseId } = await reviewedCase()
    expect(await checks(caseId)).toEqual([{ code: 'BELOW_TARGET', blocking: false, count: 198 }])
  })

  test.each([
    ['FIELDS_WAITING', { status: 'waiting' }],
    ['FIELDS_FAILED', { status: 'failed', error: 'It cannot be read.' }],
    ['SCALE_IN_DOUBT', { warnings: '["SCALE_CONTRADICTED"]' }],
    ['SCALE_IN_DOUBT', { warnings: '["SCALE_DOUBTED"]' }],
    // The file says half a µm a pixel, and no red cell confirms it: the slide's scale is doubted, whatever the field was told.
    ['SCALE_IN_DOUBT', { um_per_pixel: 0.5, tagged_um_per_pixel: 0.5, scale_source: 'metadata' }],
  ])('%s: %j', async (code, set) => {
    const { caseId, fieldId } = await reviewedCase()
    await setField(fieldId, set)
    expect(await checks(caseId)).toContainEqual(of(code))
    await signs(caseId, code)
  })

  test('a scale that a person gives after cells were reviewed is named, also once the field was analysed again', async () => {
    const { caseId, fieldId } = await reviewedCase()
    const given = await doctor('PATCH', `/fields/${fieldId}`, { version: 1, umPerPixel: 0.2 })
    expect(given.statusCode).toBe(200)
    expect(await checks(caseId)).toEqual(expect.arrayContaining([of('FIELDS_WAITING'), of('SCALE_CHANGED')]))
    await analysed(caseId, fieldId, 2, 0.2)
    expect(await checks(caseId)).toContainEqual(of('SCALE_CHANGED'))
    expect(await checks(caseId)).not.toContainEqual(of('FIELDS_WAITING'))
    await signs(caseId, 'SCALE_CHANGED')
  })

  test('so is one that a slide is given, and one that another analysis comes to', async () => {
    const slides = await reviewedCase()
    const [{ id: slideId }] = (await doctor('GET', `/cases/${slides.caseId}/slides`)).json()
    expect((await doctor('PUT', `/slides/${slideId}/scale`, { umPerPixel: 0.2 })).statusCode).toBe(200)
    expect(await checks(slides.caseId)).toContainEqual(of('SCALE_CHANGED'))

    const again = await reviewedCase()
    await setField(again.fieldId, { status: 'waiting' })
    await analysed(again.caseId, again.fieldId, 1, 0.15)
    expect(await checks(again.caseId)).toContainEqual(of('SCALE_CHANGED'))
  })

  test('a scale that becomes another before anybody has reviewed a cell, or stays as it was, is not', async () => {
    const { caseId, fieldId } = await insertCase(server.ports, ['blast'])
    await doctor('PATCH', `/fields/${fieldId}`, { version: 1, umPerPixel: 0.2 })
    expect(await checks(caseId)).not.toContainEqual(of('SCALE_CHANGED'))
    const same = await reviewedCase()
    await setField(same.fieldId, { status: 'waiting' })
    await analysed(same.caseId, same.fieldId, 1, 0.1)
    expect(await checks(same.caseId)).not.toContainEqual(of('SCALE_CHANGED'))
  })

  async function analysed(caseId: string, fieldId: string, version: number, umPerPixel: number) {
    const { db } = server.ports
    const analysisId = await insertAnalysis(server.ports, caseId)
    const scale = { umPerPixel, source: 'given' } as const
    const result = { file: '', width: 256, height: 256, scale, warnings: [], cells: [], recogniser: '' }
    expect(await saveField(db, analysisId, { id: fieldId, version, case_id: caseId }, result)).toBe(true)
    await db.updateTable('analyses').set({ status: 'done' }).where('id', '=', analysisId).execute()
  }
})
