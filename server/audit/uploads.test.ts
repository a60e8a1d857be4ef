/** What the upload protocol answers by itself, and what goes on without a request, is in the audit too. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { png } from '../fields/images-for-tests.ts'
import { startUploads } from '../fields/uploads-for-tests.ts'

describe.each(TEST_DATABASES)('images on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  beforeAll(async () => {
    on = await startUploads(await empty())
  })
  afterAll(() => on.server.close())

  async function rowsOf(caseId: string | null) {
    await on.server.app.journal.settle()
    const rows = on.server.ports.db.selectFrom('audit').selectAll().orderBy('number')
    return (await rows.execute()).filter((row) => row.case_id === caseId)
  }

  test('taken in, analysed, given a scale and removed', async () => {
    const caseId = await on.openCase()
    const data = await png(1)
    await on.upload('骨髓 1.png', data)
    await on.upload('again.png', data)
    await on.technician('DELETE', `/cases/${caseId}/faults`)
    const { id: analysisId } = (await on.technician('POST', `/cases/${caseId}/analyses`, {})).json()
    const ended = async () => (await on.technician('GET', `/cases/${caseId}/analyses`)).json()[0].status
    await expect.poll(ended, { timeout: 60_000 }).toBe('done')
    const [{ id: fieldId, version }] = await on.fields()
    await on.technician('PATCH', `/fields/${fieldId}`, { version, umPerPixel: 0.2 })
    await on.technician('DELETE', `/fields/${fieldId}`)
    const rows = await rowsOf(caseId)
    expect(rows.map((row) => [row.event, row.subject_id, row.user_id])).toEqual([
      ['case.create', caseId, on.technician.userId],
      ['field.upload', caseId, on.technician.userId],
      ['field.accept', fieldId, on.technician.userId],
      ['field.upload', caseId, on.technician.userId],
      ['fault.clear', caseId, on.technician.userId],
      ['analysis.start', analysisId, on.technician.userId],
      ['analysis.field', fieldId, null],
      ['analysis.finish', analysisId, null],
      ['field.list', caseId, on.technician.userId],
      ['field.change', fieldId, on.technician.userId],
      ['field.remove', fieldId, on.technician.userId],
    ])
    const detail = (event: string) => JSON.parse(rows.find((row) => row.event === event)!.detail)
    expect(detail('field.accept').after).toMatchObject({
      number: 1,
      fileName: '骨髓 1.png',
      bytes: data.length,
    })
    expect(detail('fault.clear').before).toEqual([{ fileName: 'again.png', code: 'DUPLICATE' }])
    expect(detail('analysis.finish').after).toEqual({ status: 'done' })
    expect(detail('field.change').after).toMatchObject({ umPerPixel: 0.2, source: 'given' })
    expect(detail('field.remove').before).toMatchObject({ number: 1, fileName: '骨髓 1.png' })
    expect(new Set(rows.map((row) => row.patient_id)).size).toBe(1)
  })

  test('an upload that was refused', async () => {
    const refused = await on.begin(10, { filename: 'a.png', caseId: 'none' })
    expect(refused.status).toBe(404)
    const refusals = async () => (await rowsOf(null)).filter((row) => row.event === 'field.upload')
    await expect.poll(async () => (await refusals()).map(({ status }) => status)).toEqual([404])
    expect((await refusals())[0]!.user_id).toBe(on.technician.userId)
  })
})
