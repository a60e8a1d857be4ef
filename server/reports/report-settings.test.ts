/** The site's say in its reports: letterhead, logo, marks, confirmed ranges, two persons. */
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CellClass, Report } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const PASSWORD = 'correct horse battery'
const ACCEPTED = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
const svg = (inside: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">${inside}</svg>`)
const RED = '<rect width="90" height="30" fill="#c00"/>'

describe.each(TEST_DATABASES)('settings of reports on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator', PASSWORD)
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const settings = async () => (await doctor('GET', '/report-settings')).json()
  const save = async (change: object) =>
    administrator('PUT', '/report-settings', { ...(await settings()), ...change })
  const logo = (file: Buffer) =>
    administrator('POST', '/report-settings/logos', { file: file.toString('base64') })
  const report = async (id: string): Promise<Report> =>
    (await doctor('GET', `/cases/${id}/report.json`)).json()
  const blasts = (of: number, cells: number): CellClass[] => [
    ...Array<CellClass>(of).fill('blast'),
    ...Array<CellClass>(cells - of).fill('segmented_neutrophil'),
  ]

  test('a letterhead is printed from now on, and a signed report keeps its own', async () => {
    expect(await settings()).toMatchObject({
      marksFrom: 200,
      twoPersons: false,
      publicAddress: '',
      version: 0,
    })
    const { caseId } = await insertCase(server.ports, blasts(1, 20))
    expect((await report(caseId)).letterhead).toBeNull()
    const kept = await logo(svg(RED))
    expect(kept.statusCode).toBe(200)
    const letterhead = {
      hospital: { zh: '第一医院', en: 'First Hospital' },
      laboratory: { zh: '', en: '' },
      address: { zh: '', en: '' },
      logo: kept.json().sha256,
    }
    expect((await save({ letterhead })).json()).toMatchObject({ letterhead, version: 1 })
    expect((await doctor('PUT', '/report-settings', await settings())).statusCode).toBe(403)
    const signed = { version: 1, password: PASSWORD, accepted: ACCEPTED }
    expect((await doctor('POST', `/cases/${caseId}/sign`, signed)).statusCode).toBe(200)
    await save({ letterhead: { ...letterhead, hospital: { zh: '第二医院', en: 'Second Hospital' } } })
    expect((await report(caseId)).letterhead).toEqual(letterhead)
    const picture = await doctor('GET', `/report-settings/logos/${kept.json().sha256}`)
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png'])
    expect(await sharp(picture.rawPayload).metadata()).toMatchObject({
      format: 'png',
      width: 708,
      height: 236,
    })
  })

  test('a logo is drawn anew; what is no picture, reaches out or is too large is refused', async () => {
    const raster = sharp({ create: { width: 40, height: 20, channels: 4, background: '#0a0' } })
    const withTags = await raster
      .withExif({ IFD0: { Copyright: 'Jane Doe' } })
      .png()
      .toBuffer()
    const { sha256 } = (await logo(withTags)).json()
    const png = (await doctor('GET', `/report-settings/logos/${sha256}`)).rawPayload
    expect(png.includes('Jane')).toBe(false)
    expect(await sharp(png).metadata()).toMatchObject({ width: 40, height: 20, hasAlpha: false })
    // Given again, it is the same.
    expect((await logo(withTags)).json()).toEqual({ sha256 })
    for (const bad of [
      Buffer.from('no picture'),
      await raster.webp().toBuffer(),
      svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
      svg('<script>1</script>'),
      Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg(RED)}`),
    ]) {
      const answer = await logo(bad)
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'LOGO_NOT_READ'])
    }
    expect((await logo(Buffer.alloc(520 * 1024))).json().code).toBe('LOGO_TOO_LARGE')
    const { letterhead } = await settings()
    expect((await save({ letterhead: { ...letterhead, logo: 'ab'.repeat(32) } })).json().code).toBe(
      'LOGO_UNKNOWN',
    )
  })

  test.each([
    ['https://marrow.hospital.example', 'https://marrow.hospital.example'],
    [' http://10.0.0.7:8080/ ', 'http://10.0.0.7:8080'],
    ['', ''],
    ['marrow.hospital.example', 'ADDRESS_NOT_VALID'],
    ['https://marrow.example/path', 'ADDRESS_NOT_VALID'],
    ['javascript:alert(1)', 'ADDRESS_NOT_VALID'],
    ['https://user:secret@marrow.example', 'ADDRESS_NOT_VALID'],
  ])('the address %s is %s', async (publicAddress, answer) => {
    const saved = (await save({ publicAddress })).json()
    expect(saved.code ?? saved.publicAddress).toBe(answer)
  })

  test('a value outside is marked by its interval or from the number on that the site set', async () => {
    const { caseId } = await insertCase(server.ports, blasts(3, 100))
    const mark = async () => (await report(caseId)).rows[0]!.mark
    expect(await mark()).toBe('uncertain')
    await save({ marksFrom: 100 })
    expect(await mark()).toBe('above')
    await save({ marksFrom: 200 })
  })

  test('a table of ranges says whether somebody confirmed it for this laboratory', async () => {
    const { caseId } = await insertCase(server.ports, blasts(3, 100))
    const confirmed = async () => (await report(caseId)).reference.confirmed
    expect(await confirmed()).toBe(false)
    const tables = (await doctor('GET', '/reference-tables')).json()
    const used = tables.find((one: { active: boolean }) => one.active)
    expect(used).toMatchObject({ confirmed: false, confirmedBy: null, confirmedAt: null })
    expect((await doctor('POST', `/reference-tables/${used.id}/confirm`)).statusCode).toBe(403)
    const after = (await administrator('POST', `/reference-tables/${used.id}/confirm`)).json()
    expect(after.find((one: { id: string }) => one.id === used.id)).toMatchObject({
      ...{ confirmed: true, confirmedBy: 'A administrator', active: true },
    })
    expect(await confirmed()).toBe(true)
    // A new version is confirmed anew.
    const { name, source, note, ranges } = used
    const copy = (
      await administrator('POST', '/reference-tables', { name: `${name} own`, source, note, ranges })
    ).json()
    expect(copy.confirmed).toBe(false)
    await administrator('POST', `/reference-tables/${copy.id}/choose`)
    expect(await confirmed()).toBe(false)
  })

  test('where the site wants two persons, whoever read a case does not sign it', async () => {
    await save({ twoPersons: true })
    const { caseId } = await insertCase(server.ports, blasts(1, 20))
    const sign = async (who: typeof doctor) => {
      const { version } = (await doctor('GET', `/cases/${caseId}`)).json()
      const body = { version, password: PASSWORD, accepted: ACCEPTED }
      return (await who('POST', `/cases/${caseId}/sign`, body)).json()
    }
    expect(await sign(doctor)).toMatchObject({ code: 'READER_MISSING' })
    const name = { version: 1, readerId: doctor.userId }
    expect((await doctor('PATCH', `/cases/${caseId}`, name)).statusCode).toBe(200)
    expect((await doctor('GET', `/cases/${caseId}/checks`)).json()).toContainEqual({
      ...{ code: 'READER_SIGNS', blocking: true, count: 1 },
    })
    expect(await sign(doctor)).toMatchObject({
      code: 'READER_SIGNS',
      message: expect.stringContaining('another person signs'),
    })
    expect(await sign(administrator)).toMatchObject({ status: 'signed' })
    await save({ twoPersons: false })
  })
})
