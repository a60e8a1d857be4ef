/** What a patient gets: one archive that the usual tar opens, with all that was planted in it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnOrder } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { PASSWORD, PLANTED, plantPatient } from './planted-for-tests.ts'

const NAME =
  '骨髓片 ouyang 的 “一” 号视野，油镜下放大一千倍，请与外周血涂片对照，另见随访记录第二页末尾的说明文字.png'

describe.each(TEST_DATABASES)('a patient’s own export on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let planted: Awaited<ReturnType<typeof plantPatient>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator', PASSWORD)
    planted = await plantPatient(server)
    const { db } = server.ports
    await turnOrder(server.ports, planted.caseId)
    await db.updateTable('fields').set({ file_name: NAME }).where('id', '=', planted.fieldId).execute()
  })
  afterAll(() => server.close())

  async function taken() {
    const answer = await administrator('GET', `/patients/${planted.patientId}/export`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/x-tar'])
    const folder = mkdtempSync(join(tmpdir(), 'marrowscope-own-'))
    writeFileSync(join(folder, 'own.tar'), answer.rawPayload)
    execFileSync('tar', ['xf', 'own.tar'], { cwd: folder })
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'own.tar')
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    const read = (name: string) => readFileSync(join(folder, name))
    return { files: files.sort(), read, json: (name: string) => JSON.parse(read(name).toString('utf8')) }
  }

  test('everything that was planted is in it, the photograph to the last byte, the report in both forms', async () => {
    const { files, read, json } = await taken()
    const folder = `cases/1-${PLANTED.marrowNumber}`
    expect(files).toEqual(
      [
        'README.txt',
        'audit.json',
        'patient.json',
        ...['case.json', 'cells.json', 'report-en.pdf', 'report-zh.pdf'].map((name) => `${folder}/${name}`),
        `${folder}/images/1-${NAME}`,
        `${folder}/references/${planted.referenceId}.webp`,
      ].sort(),
    )
    const text = files.filter((name) => name.endsWith('.json')).map((name) => read(name).toString('utf8'))
    const { upload: _upload, fileName: _name, ...kept } = PLANTED
    for (const word of Object.values(kept)) expect([word, text.join('').includes(word)]).toEqual([word, true])
    expect(read(`${folder}/images/1-${NAME}`)).toEqual(readFileSync(planted.original))
    for (const form of ['en', 'zh']) {
      expect(read(`${folder}/report-${form}.pdf`).subarray(0, 5).toString()).toBe('%PDF-')
    }
    expect(json('patient.json').patients.map(({ id }: { id: string }) => id)).toEqual([
      planted.patientId,
      planted.duplicateId,
    ])
    const cells = json(`${folder}/cells.json`)
    expect(cells).toHaveLength(3)
    expect(cells[0]).toMatchObject({ type: 'promyelocyte', suggested: 'blast', embedding: 'QkJC' })
    expect(cells[0].probabilities).toMatchObject({ blast: 0.8, not_identifiable: 0.0167 })
    const { signatures, second_reading_cells: said } = json(`${folder}/case.json`)
    expect(signatures.map(({ kind }: { kind: string }) => kind)).toEqual(['signature', 'addendum'])
    expect(signatures[0].snapshot.patient.name).toBe(PLANTED.name)
    expect(said).toHaveLength(1)
    const events = json('audit.json')
    expect(events.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining(['patient.create', 'patient.merge', 'case.sign', 'case.addendum']),
    )
    expect(events[0]).not.toHaveProperty('ip')
    const readme = read('README.txt').toString('utf8')
    for (const said of ['all that is kept of one patient', '一位患者的全部资料'])
      expect(readme).toContain(said)
  })

  test('it is recorded, nothing of it stays on the server, and only an administrator gets it', async () => {
    const before = readdirSync(server.ports.config.dataFolder, { recursive: true }).length
    await taken()
    expect(readdirSync(server.ports.config.dataFolder, { recursive: true })).toHaveLength(before)
    const { db } = server.ports
    const rows = await db.selectFrom('audit').selectAll().where('event', '=', 'patient.export').execute()
    expect(rows.at(-1)).toMatchObject({ patient_id: planted.patientId, user_id: administrator.userId })
    for (const role of ['doctor', 'technician', 'researcher', 'read_only'] as const) {
      const call = await server.as(role)
      expect((await call('GET', `/patients/${planted.patientId}/export`)).statusCode).toBe(403)
    }
    const merged = await administrator('GET', `/patients/${planted.duplicateId}/export`)
    expect(merged.json().code).toBe('PATIENT_MERGED')
  })

  test('a file that is gone is named, and the rest is there', async () => {
    rmSync(planted.original)
    const { files, read } = await taken()
    const image = `cases/1-${PLANTED.marrowNumber}/images/1-${NAME}`
    expect(files).not.toContain(image)
    expect(files).toContain('audit.json')
    expect(read('MISSING.txt').toString('utf8').split('\n')).toContain(image)
  })
})
