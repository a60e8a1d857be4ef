/** What researchers and people who only read could find out about who a patient is: by any answer, by a search, by a file. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { LIMITED_ROLES } from '../permissions.ts'
import { PLANTED, plantPatient } from '../privacy/planted-for-tests.ts'
import { caseLabel } from './case-label.ts'

/** What names the planted patient, or somebody near. */
const NAMES = {
  ...{ name: PLANTED.name, former: PLANTED.former, duplicate: PLANTED.duplicate },
  ...{ sound: 'ouyanghuimin', soundOfDuplicate: 'shangguanwanru' },
  ...{ hospitalNumber: PLANTED.hospitalNumber, otherNumber: PLANTED.otherNumber },
  ...{ birthDate: PLANTED.birthDate, marrowNumber: PLANTED.marrowNumber, note: PLANTED.note },
  ...{ fileName: PLANTED.fileName, fault: PLANTED.fault, upload: PLANTED.upload, label: PLANTED.label },
  ...{ error: PLANTED.error, inDiagnosis: 'of 欧阳慧敏', inOpinion: 'HN77120934 was told' },
}

/** The names of the files in a workbook with their texts unpacked: a zip, whose entries are found by its directory. */
function unzipped(zip: Buffer): string {
  let text = ''
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((from) =>
      from === 20 ? zip.readUInt32LE(at + from) : zip.readUInt16LE(at + from),
    ) as [number, number, number, number]
    const local = zip.readUInt32LE(at + 42)
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(begin, begin + packed)
    text += zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data).toString() : data.toString()
    at += 42 + name + extra + comment
  }
  return text
}

/** The text of a PDF; null where no pdftotext is installed. */
function printed(pdf: Buffer): string | null {
  const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-pdf-')), 'report.pdf')
  writeFileSync(file, pdf)
  try {
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.warn('The text of the PDFs is not looked at: no pdftotext here.')
    return null
  }
}

describe.each(TEST_DATABASES)('who may not know who a patient is, on %s', (_, empty) => {
  let server: TestServer
  let planted: Awaited<ReturnType<typeof plantPatient>>
  let ids: Record<string, string[]>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    planted = await plantPatient(server)
    const { db } = server.ports
    const { caseId, fieldId, cellIds, referenceId } = planted
    // What was typed where no name belongs, signed too.
    await db.updateTable('cases').set({ diagnosis: NAMES.inDiagnosis }).where('id', '=', caseId).execute()
    await db
      .updateTable('signatures')
      .set((eb) => ({
        snapshot: eb.fn('replace', ['snapshot', eb.val(PLANTED.finding), eb.val(NAMES.inOpinion)]),
      }))
      .execute()
    const all = async (table: 'slides' | 'second_readings' | 'signatures' | 'analyses') =>
      (await db.selectFrom(table).select('id').execute()).map(({ id }) => id)
    const sha = await db.selectFrom('signatures').select('sha256').execute()
    ids = {
      cases: [caseId],
      fields: [fieldId],
      cells: cellIds,
      references: [referenceId],
      patients: [planted.patientId, planted.duplicateId, planted.wronglyId],
      slides: await all('slides'),
      analyses: await all('analyses'),
      'second-readings': await all('second_readings'),
      verify: sha.map(({ sha256 }) => sha256),
    }
  }, 60_000)
  afterAll(() => server.close())

  type Caller = Awaited<ReturnType<TestServer['as']>>
  /** The texts of the answers to all GET routes, by address. */
  async function everything(who: Caller): Promise<Map<string, string>> {
    const texts = new Map<string, string>()
    const { paths } = server.app.swagger() as { paths: Record<string, { get?: object }> }
    const ask = async (url: string) => {
      const { rawPayload, headers, statusCode } = await who('GET', url)
      const type = String(headers['content-type'])
      const text = type.includes('pdf')
        ? (printed(rawPayload) ?? '')
        : type.includes('spreadsheet')
          ? unzipped(rawPayload)
          : rawPayload.toString()
      const said = decodeURIComponent(JSON.stringify(headers).replaceAll('%"', '"'))
      texts.set(url, `${statusCode} ${said} ${text}`)
    }
    for (const [path, { get }] of Object.entries(paths)) {
      const url = path.replace(/^\/api/, '')
      if (!get || url.endsWith('/events')) continue
      const known = url.includes('{') ? (ids[url.split('/')[1]!] ?? ['none']) : ['']
      for (const id of known) await ask(url.replace(/\{\w+\}/, id))
    }
    for (const name of Object.values(NAMES).map(encodeURIComponent)) {
      await ask(`/cases?search=${name}`)
      await ask(`/patients?search=${name}`)
      await ask(`/by-number?number=${name}`)
    }
    for (const ending of ['pdf', 'xlsx', 'csv'])
      await ask(`/cases/${planted.caseId}/report.${ending}?lang=zh`)
    for (const [url] of texts)
      if (url.includes('search=')) texts.set(url, texts.get(url)!.split(' ').slice(2).join(' '))
    return texts
  }
  /** Which names stand in which answers. */
  const named = (texts: ReadonlyMap<string, string>) =>
    [...texts].flatMap(([url, text]) =>
      Object.entries(NAMES).flatMap(([what, name]) =>
        text.replaceAll(/\s/g, '').toLowerCase().includes(name.replaceAll(/\s/g, '').toLowerCase())
          ? [`${what} in ${url}`]
          : [],
      ),
    )

  test('the walk would find a name: a doctor is told all of them', async () => {
    const found = named(await everything(await server.as('doctor')))
    const { upload: _, ...told } = NAMES
    expect(new Set(found.map((one) => one.split(' ')[0]))).toEqual(new Set(Object.keys(told)))
    for (const ending of ['pdf', 'xlsx', 'json']) {
      expect(found.filter((one) => one.includes(`report.${ending}`))).not.toEqual([])
    }
  })

  test.each(LIMITED_ROLES)('no answer names the patient to a %s', async (role) => {
    const texts = await everything(await server.as(role))
    expect(texts.size).toBeGreaterThan(60)
    expect(named(texts)).toEqual([])
    const { caseId, patientId } = planted
    const label = caseLabel(caseId)
    for (const url of [`/cases/${caseId}`, `/cases/${caseId}/report.json`, `/cases/${caseId}/report.pdf`]) {
      expect([url, texts.get(url)?.includes(label)]).toEqual([url, true])
    }
    expect(texts.get('/cases')).toContain('"ageYears":')
    expect(texts.get(`/patients/${patientId}`)).toContain('"sex":"female"')
    expect(texts.get(`/cases/${caseId}`)).toContain('"diagnosis":"of —"')
  })

  test.each(LIMITED_ROLES)(
    'a %s finds nothing by a name or a number, and a case by its label',
    async (role) => {
      const who = await server.as(role)
      const found = async (url: string) => (await who('GET', url)).json()
      for (const typed of [
        PLANTED.name,
        'ouyang',
        'oyhm',
        PLANTED.hospitalNumber,
        PLANTED.marrowNumber,
        'MN',
      ]) {
        const text = encodeURIComponent(typed)
        expect([typed, (await found(`/cases?search=${text}`)).items]).toEqual([typed, []])
        expect([typed, (await found(`/patients?search=${text}`)).items]).toEqual([typed, []])
        expect(await found(`/by-number?number=${text}`)).toEqual({ caseId: null, patientId: null })
      }
      const label = caseLabel(planted.caseId)
      for (const typed of [label, label.slice(2).toLowerCase()]) {
        expect((await found(`/cases?search=${typed}`)).items).toMatchObject([
          { id: planted.caseId, marrowNumber: label },
        ])
        expect(await found(`/by-number?number=${typed}`)).toEqual({ caseId: planted.caseId, patientId: null })
      }
      expect((await found('/cases?search=addended')).items).toHaveLength(1)
    },
  )

  test('a site grants it to a role, which is in the audit', async () => {
    const administrator = await server.as('administrator')
    const [researcher, reader] = [await server.as('researcher'), await server.as('read_only')]
    const settings = (await administrator('GET', '/settings')).json()
    expect(settings.identitiesFor).toEqual([])
    const granted = { ...settings, identitiesFor: ['researcher'] }
    expect((await reader('PUT', '/settings', granted)).statusCode).toBe(403)
    expect((await administrator('PUT', '/settings', granted)).statusCode).toBe(200)
    const name = async (who: Caller) => (await who('GET', `/patients/${planted.patientId}`)).json().name
    const may = async (who: Caller) => (await who('GET', '/me')).json().permissions.includes('identity.read')
    expect([await name(researcher), await may(researcher)]).toEqual([PLANTED.name, true])
    expect([await name(reader), await may(reader)]).toEqual(['', false])
    const [row] = (await administrator('GET', '/audit?event=settings.edit')).json().items
    expect(JSON.stringify(row)).toContain('"identitiesFor":["researcher"]')
  })
})
