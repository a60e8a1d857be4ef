import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const PATIENT = { hospitalNumber: '', name: '', sex: 'unknown', birthDate: null }

describe.each(TEST_DATABASES)('readers on %s', (_, empty) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(await empty())
  })
  afterAll(() => server.close())

  test('are those who may review and are not disabled, and they alone can be named in a case', async () => {
    const doctor = await server.as('doctor')
    const gone = await server.as('technician')
    const researcher = await server.as('researcher')
    await server.ports.db.updateTable('users').set({ disabled: 1 }).where('id', '=', gone.userId).execute()
    const listed = await researcher('GET', '/readers')
    expect(listed.json()).toEqual([{ id: doctor.userId, name: 'A doctor', role: 'doctor' }])

    const make = (marrowNumber: string, readerId: string | null) =>
      doctor('POST', '/cases', { marrowNumber, patient: PATIENT, readerId })
    expect((await make('R-1', doctor.userId)).json()).toMatchObject({ readerName: 'A doctor' })
    for (const id of [researcher.userId, gone.userId]) {
      const refused = await make('R-2', id)
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'READER_UNKNOWN'])
    }
    expect((await make('R-2', null)).json().readerId).toBeNull()
  })

  test('a reader who was disabled later stays where named, whatever else is changed', async () => {
    const doctor = await server.as('doctor')
    const other = await server.as('doctor')
    const made = await doctor('POST', '/cases', {
      marrowNumber: 'R-3',
      patient: PATIENT,
      readerId: other.userId,
    })
    await server.ports.db.updateTable('users').set({ disabled: 1 }).where('id', '=', other.userId).execute()
    const changed = await doctor('PATCH', `/cases/${made.json().id}`, {
      version: 1,
      site: 'sternum',
      readerId: other.userId,
    })
    expect(changed.json()).toMatchObject({ site: 'sternum', readerId: other.userId })
  })
})
