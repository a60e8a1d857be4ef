import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { insertCase, turnOrder } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { describeFile } from '../hashing/describe-file.ts'
import { fillSite } from '../statistics/fill-for-tests.ts'
import { markAll, refreshDue } from '../summaries/refresh.ts'

/** What would tell whose marrow it is, planted wherever the database or a file can hold it. */
const PLANTED = {
  name: '欧阳慧敏',
  pinyin: 'ouyanghuimin',
  hospitalNumber: 'HN77120934',
  marrowNumber: 'MN-2024-55817',
  note: '患者欧阳慧敏 daughter of Zebulon',
  fileName: 'ouyang_55817_slide.png',
  label: 'LABEL-QX81',
  reader: 'Dr Quentin Voss',
  exif: 'EXIF-OWNER-4417',
  xmp: 'XMP-PATIENT-9921',
  chunk: 'TEXTCHUNK-6630',
  site: 'left crest of OUYANG',
  stain: 'as for bed 1217',
  birth: '1956-08-23',
  rule: 'Rule of RUL3-7713',
  received: '2024-05-17',
}

interface Taken {
  id: string
  cases: number
  folder: string
  files: string[]
  rows: (name: string) => Record<string, string>[]
  archive: Buffer
}

describe.each(TEST_DATABASES)('research exports on %s', (_, empty) => {
  let server: TestServer
  let researcher: Awaited<ReturnType<TestServer['as']>>
  let caseId: string
  let reader: string
  let ruleId: string
  beforeAll(async () => {
    server = await startTestServer(await empty())
    researcher = await server.as('researcher')
    reader = (await server.as('doctor')).userId
    const { db, storage } = server.ports
    await db.updateTable('users').set({ name: PLANTED.reader }).where('id', '=', reader).execute()
    const made = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte'])
    caseId = made.caseId
    const ratio = { name: PLANTED.rule, source: PLANTED.rule, note: '' }
    const saved = await (await server.as('administrator'))('POST', '/counting-rules', {
      ...{ ...ratio, description: PLANTED.rule, denominator: ['blast', 'erythroblast'] },
      meRule: { ...ratio, numerator: ['blast'], denominator: ['erythroblast'] },
    })
    const { rule } = saved.json()
    ruleId = rule.id
    const { patient_id } = await db
      .updateTable('cases')
      .set({
        marrow_number: PLANTED.marrowNumber,
        clinical_note: PLANTED.note,
        site: PLANTED.site,
        stain: PLANTED.stain,
        received_on: PLANTED.received,
        reader_id: reader,
        counting_rule: ruleId,
        me_rule: rule.meRule.id,
        synthetic: 0,
      })
      .where('id', '=', caseId)
      .execute()
      .then(() =>
        db.selectFrom('cases').select('patient_id').where('id', '=', caseId).executeTakeFirstOrThrow(),
      )
    await db
      .updateTable('patients')
      .set({ name: PLANTED.name, hospital_number: PLANTED.hospitalNumber, birth_date: PLANTED.birth })
      .where('id', '=', patient_id)
      .execute()
    await db.updateTable('slides').set({ label: PLANTED.label }).where('case_id', '=', caseId).execute()
    await db
      .updateTable('fields')
      .set({ file_name: PLANTED.fileName, warnings: JSON.stringify([PLANTED.note]) })
      .where('id', '=', made.fieldId)
      .execute()
    const telltale = await telltaleImage(await storage.localPath(`fields/${made.fieldId}`))
    const accepted = { bytes: statSync(telltale).size, sha256: (await describeFile(telltale)).sha256 }
    await db.updateTable('fields').set(accepted).where('id', '=', made.fieldId).execute()
    await storage.put(`fields/${made.fieldId}`, telltale)
    await db.updateTable('cells').set({ updated_by: reader }).where('case_id', '=', caseId).execute()
    const said = { id: made.fieldId, case_id: caseId, cell_id: made.cellIds[0]!, user_id: reader, at: 1 }
    await db
      .insertInto('cell_comments')
      .values({ ...said, text: PLANTED.note })
      .execute()
    await fillSite(db, {
      cases: 20,
      cellsPerCase: 10,
      from: '2023-01-01',
      to: '2023-06-30',
      readers: [reader],
    })
    await markAll(db)
    while ((await refreshDue(db)) > 0);
  })
  afterAll(() => server.close())

  async function taken(filter: object, images = false): Promise<Taken> {
    const begun = (await researcher('POST', '/research-exports', { filter, images })).json()
    const state = async () => (await researcher('GET', `/research-exports/${begun.id}`)).json()
    await expect.poll(async () => (await state()).status, { timeout: 60_000 }).toBe('done')
    const answer = await researcher('GET', `/research-exports/${begun.id}/archive`)
    expect(answer.statusCode).toBe(200)
    const folder = mkdtempSync(join(tmpdir(), 'marrowscope-export-'))
    writeFileSync(join(folder, 'set.tar.gz'), answer.rawPayload)
    execFileSync('tar', ['xzf', 'set.tar.gz'], { cwd: folder })
    const files: string[] = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'set.tar.gz')
      .map((entry) => join(entry.parentPath, entry.name))
    const rows = (name: string): Record<string, string>[] =>
      parse(readFileSync(join(folder, name)), { columns: true })
    return { ...(await state()), folder, files, rows, archive: answer.rawPayload }
  }

  test('nothing that was planted is in any byte of it, in UTF-8, UTF-16 or base64', async () => {
    const { files, folder, rows, archive } = await taken(
      { from: PLANTED.received, to: PLANTED.received },
      true,
    )
    expect(files.map((file) => file.slice(folder.length + 1).replace(/S-\w+/, 'S')).sort()).toEqual([
      'README.txt',
      'cases.csv',
      'cells-001.csv',
      'fields.csv',
      'images/S-1.png',
      'names.csv',
    ])
    const { db } = server.ports
    const ids = await db
      .selectFrom('cells')
      .select(['id', 'field_id'])
      .where('case_id', '=', caseId)
      .execute()
    const secrets = [
      ...Object.values(PLANTED),
      caseId,
      reader,
      ruleId,
      ...ids.flatMap(({ id, field_id }) => [id, field_id]),
    ]
    const haystacks = [archive, execFileSync('gunzip', ['-c'], { input: archive, maxBuffer: 1e9 })]
    haystacks.push(...files.map((file) => readFileSync(file)))
    for (const hay of haystacks) {
      for (const secret of secrets) {
        for (const part of new Set([secret, ...secret.split(/[\s_]+/).filter((word) => word.length > 4)])) {
          for (const needle of spellings(part)) expect([part, hay.includes(needle)]).toEqual([part, false])
        }
      }
    }
    const [one] = rows('cases.csv')
    expect(one).toMatchObject({
      age: '67',
      sex: 'female',
      site: 'other',
      stain: 'other',
      cells: '3',
      synthetic: '0',
      counting_rule: 'own',
      counting_rule_version: '1',
      counts: 'blast erythroblast',
      me_rule: 'own',
      me_above: 'blast',
      me_below: 'erythroblast',
    })
    expect(one!.case).toMatch(/^S-\w{8}$/)
    expect(one!.received).not.toBe(PLANTED.received)
    const file = files.find((name) => name.endsWith('.png'))!
    expect(chunksOf(readFileSync(file)).filter((name) => name !== 'IDAT')).toEqual(['IHDR', 'pHYs', 'IEND'])
    const picture = await sharp(file).metadata()
    expect(picture).toMatchObject({ width: 256, height: 256 })
  })

  test('the planted things are found by the same search where they are', async () => {
    const { db, storage } = server.ports
    const field = await db
      .selectFrom('fields')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const file = await storage.localPath(field.storage_key)
    const original = readFileSync(file)
    for (const secret of [PLANTED.exif, PLANTED.chunk]) {
      expect([secret, spellings(secret).some((needle) => original.includes(needle))]).toEqual([secret, true])
    }
    // Compressed within its chunk, where only whoever unpacks it finds it: hence the list of chunks above.
    const { xmp, icc } = await sharp(file).metadata()
    expect([xmp?.includes(PLANTED.xmp), icc !== undefined]).toEqual([true, true])
    const archived = Buffer.from(`x,${Buffer.from(`ab${PLANTED.hospitalNumber}`).toString('base64')}`)
    expect(spellings(PLANTED.hospitalNumber).some((needle) => archived.includes(needle))).toBe(true)
  })

  test('cells, boxes and probabilities are those of the site; a set is what the filters name', async () => {
    const filter = { to: '2023-12-31', site: 'iliac' }
    const { db } = server.ports
    const own = await db
      .selectFrom('cells')
      .innerJoin('cases', 'cases.id', 'case_id')
      .select(['case_id', 'cells.type', 'suggested', 'probabilities', 'x', 'y'])
      .where('deleted', '=', 0)
      .where('site', '=', 'iliac')
      .where('synthetic', '=', 0)
      .execute()
    // One case has its probabilities in another order, and is told as the others are.
    await turnOrder(server.ports, own[0]!.case_id)
    const { cases, rows } = await taken(filter)
    expect(cases).toBe(6)
    expect(rows('cases.csv')).toHaveLength(6)
    const told = (list: string[]) => list.sort()
    const cells = rows('cells-001.csv')
    expect(
      told(
        cells.map((c) =>
          [c.type, c.suggested, c.x, c.y, ...CELL_CLASSES.map((type) => c[`p_${type}`])].join(),
        ),
      ),
    ).toEqual(told(own.map((c) => [c.type, c.suggested, c.x, c.y, ...JSON.parse(c.probabilities)].join())))
    const studies = new Set(rows('cases.csv').map((row) => row.case))
    expect(cells.every((cell) => studies.has(cell.case!))).toBe(true)
    expect(new Set(rows('cases.csv').map((row) => row.reader)).size).toBe(1)
  })

  test('days of one patient keep their distance; another export has other names', async () => {
    const { db } = server.ports
    const [a, b] = await db
      .selectFrom('cases')
      .select(['id', 'patient_id', 'received_on'])
      .where('received_on', '<', '2024-01-01')
      .orderBy('received_on')
      .execute()
    await db.updateTable('cases').set({ patient_id: a!.patient_id }).where('id', '=', b!.id).execute()
    const [first, again] = [await taken({ to: '2023-12-31' }), await taken({ to: '2023-12-31' })]
    const [patients, others] = [first, again].map(({ rows }) => rows('cases.csv')) as [
      Record<string, string>[],
      Record<string, string>[],
    ]
    const two = [...Map.groupBy(patients, (row) => row.patient).values()].find((of) => of.length === 2)!
    expect(Math.abs(Date.parse(two[0]!.received!) - Date.parse(two[1]!.received!))).toBe(
      Date.parse(b!.received_on) - Date.parse(a!.received_on),
    )
    const names = new Set(patients.flatMap((row) => [row.case, row.patient, row.reader]))
    expect(others.some((row) => names.has(row.case) || names.has(row.patient) || names.has(row.reader))).toBe(
      false,
    )
  })

  test('what was taken out is in the audit; an empty set, a doctor, someone else’s export are refused', async () => {
    const { db } = server.ports
    const { id } = await taken({ site: 'sternum' })
    const events = () =>
      db.selectFrom('audit').select(['event', 'user_id', 'detail']).where('subject_id', '=', id).execute()
    // The row is chained a moment after the answer.
    await expect.poll(async () => (await events()).map(({ event }) => event)).toContain('research.begin')
    const begun = (await events()).find(({ event }) => event === 'research.begin')!
    expect(begun.user_id).toBe(researcher.userId)
    expect(JSON.parse(begun.detail).after).toEqual({ filter: { site: 'sternum' }, images: false, cases: 7 })
    expect((await events()).map(({ event }) => event)).toContain('research.download')
    const nothing = await researcher('POST', '/research-exports', {
      filter: { site: 'nowhere' },
      images: false,
    })
    expect([nothing.statusCode, nothing.json().code]).toEqual([422, 'NOTHING_TO_EXPORT'])
    const doctor = await server.as('doctor')
    expect((await doctor('POST', '/research-exports', { filter: {}, images: false })).statusCode).toBe(403)
    const other = await server.as('researcher')
    expect((await other('GET', `/research-exports/${id}/archive`)).statusCode).toBe(404)
    await researcher('DELETE', `/research-exports/${id}`)
    expect((await researcher('GET', `/research-exports/${id}/archive`)).json().code).toBe('EXPORT_NOT_DONE')
  })

  test('a case that the person reads blind is not taken along, and an export can be stopped', async () => {
    const { db } = server.ports
    const earlier = await taken({})
    const reading = {
      case_id: caseId,
      reader_id: researcher.userId,
      status: 'open',
      agreement: null,
    } as const
    await db
      .insertInto('second_readings')
      .values({ id: uuid(), ...reading, created_by: reader, created_at: Date.now(), finished_at: null })
      .execute()
    const refused = await researcher('GET', `/research-exports/${earlier.id}/archive`)
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'BLIND_READING'])
    const { cases, rows } = await taken({})
    expect(cases).toBe(20)
    expect(rows('cases.csv')).toHaveLength(20)
    const begun = (await researcher('POST', '/research-exports', { filter: {}, images: false })).json()
    await researcher('DELETE', `/research-exports/${begun.id}`)
    const after = (await researcher('GET', `/research-exports/${begun.id}`)).json()
    expect(after.status).toBe('cancelled')
    await expect
      .poll(() => readdirSync(server.ports.config.dataFolder).filter((name) => name.endsWith('.export')))
      .toEqual([])
  })
})

/** UTF-8, UTF-16 either way round, and base64 of the UTF-8 at each of the three places where it can begin. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const utf16 = Buffer.from(text, 'utf16le')
  const base64 = [0, 1, 2].map((before) => {
    const code = Buffer.concat([Buffer.alloc(before), utf8])
      .toString('base64')
      .replace(/=+$/, '')
    // Letters that depend on what stands before and after are left out.
    return Buffer.from(code.slice(Math.ceil((before * 8) / 6), code.length - 1))
  })
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...base64.filter((code) => code.length > 3)]
}

/** The kinds of a PNG's chunks, in order. */
function chunksOf(png: Buffer): string[] {
  const kinds: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    kinds.push(png.toString('latin1', at + 4, at + 8))
  }
  return kinds
}

/** The picture again with EXIF, XMP, an ICC profile and a PNG text chunk that tell the patient. */
async function telltaleImage(file: string): Promise<string> {
  const withMetadata = await sharp(file)
    .withExif({ IFD0: { Artist: PLANTED.exif, ImageDescription: PLANTED.name } })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="${PLANTED.xmp}"/></rdf:RDF></x:xmpmeta>`,
    )
    .withIccProfile('p3')
    .png()
    .toBuffer()
  const text = Buffer.from(`tEXtComment\0${PLANTED.chunk}`, 'latin1')
  const chunk = Buffer.alloc(text.length + 8)
  chunk.writeUInt32BE(text.length - 4)
  text.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(text), 4 + text.length)
  const end = withMetadata.indexOf('IEND') - 4
  const target = join(mkdtempSync(join(tmpdir(), 'marrowscope-telltale-')), 'field.png')
  writeFileSync(target, Buffer.concat([withMetadata.subarray(0, end), chunk, withMetadata.subarray(end)]))
  return target
}
