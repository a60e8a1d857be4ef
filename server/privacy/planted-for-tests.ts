/** A patient in whose every place something is planted that would tell who it is, made the way people make it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { EMPTY_DRAFT, numberKey } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import type { TestServer } from '../for-tests.ts'

export const PASSWORD = 'correct horse battery'

/** By where it is planted. None is a part of another. */
export const PLANTED = {
  name: '欧阳慧敏',
  former: '司徒静娴',
  duplicate: '上官婉如',
  hospitalNumber: 'HN77120934',
  otherNumber: 'HN55003318',
  birthDate: '1956-08-23',
  marrowNumber: 'MN-2024-55817',
  diagnosis: '急性髓系白血病QX31',
  note: 'daughter of Zebulon',
  site: 'crest beside the tattoo',
  fileName: 'ouyang_55817_slide.png',
  label: 'LABEL-QX81',
  fault: 'huimin_bed_1217.bmp',
  upload: 'huimin_half_of_it.png',
  finding: 'as in her sister Philomena',
  caption: 'cell of bed 1217B',
  addendum: 'called by Dr Quentin Voss',
  warning: 'WARNING-4417',
  error: 'ERROR-9921',
}

/** Signed, with an addendum, a finished second reading and a kept reference; merged with a duplicate, and once wrongly. */
export async function plantPatient(server: TestServer) {
  const { db, config, storage } = server.ports
  const doctor = await server.as('doctor', PASSWORD)
  const second = await server.as('doctor', PASSWORD)
  const ok = async (
    who: typeof doctor,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    url: string,
    body?: object,
  ) => {
    const answer = await who(method, url, body)
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`)
    return answer.json()
  }
  const person = (name: string, hospitalNumber: string) => ({
    ...{ name, hospitalNumber, sex: 'female', birthDate: PLANTED.birthDate },
  })
  const patient = await ok(doctor, 'POST', '/patients', person(PLANTED.former, PLANTED.hospitalNumber))
  const duplicate = await ok(doctor, 'POST', '/patients', person(PLANTED.duplicate, PLANTED.otherNumber))
  const wrongly = await ok(doctor, 'POST', '/patients', {
    ...person('李四', ''),
    sex: 'unknown',
    birthDate: null,
  })
  // The other one takes over the number and the birth date, and gives them back.
  await merge(wrongly.id, patient.id)
  const [wrong] = await ok(doctor, 'GET', `/patients/${wrongly.id}/merges`)
  await ok(doctor, 'POST', `/merges/${wrong.id}/undo`)
  await merge(patient.id, duplicate.id)
  const { version } = await ok(doctor, 'GET', `/patients/${patient.id}`)
  await ok(doctor, 'PATCH', `/patients/${patient.id}`, { version, name: PLANTED.name })

  const { caseId, fieldId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte', 'lymphocyte'])
  const stranger = await db
    .selectFrom('cases')
    .select('patient_id')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  await db.deleteFrom('patients').where('id', '=', stranger.patient_id).execute()
  await db
    .updateTable('cases')
    .set({
      patient_id: patient.id,
      marrow_number: PLANTED.marrowNumber,
      marrow_number_key: numberKey(PLANTED.marrowNumber),
      site: PLANTED.site,
      synthetic: 0,
    })
    .where('id', '=', caseId)
    .execute()
  const now = await ok(doctor, 'GET', `/cases/${caseId}`)
  const change = { version: now.version, diagnosis: PLANTED.diagnosis, clinicalNote: PLANTED.note }
  await ok(doctor, 'PATCH', `/cases/${caseId}`, change)
  await db.updateTable('slides').set({ label: PLANTED.label }).where('case_id', '=', caseId).execute()
  await db
    .updateTable('fields')
    .set({ file_name: PLANTED.fileName, warnings: JSON.stringify([PLANTED.warning]) })
    .where('id', '=', fieldId)
    .execute()
  const fault = { id: uuid(), case_id: caseId, file_name: PLANTED.fault, code: 'DUPLICATE', at: 1 }
  await db
    .insertInto('upload_faults')
    .values({ ...fault, message: `${PLANTED.fault} is there` })
    .execute()
  await plantUpload(join(config.dataFolder, 'uploads'), caseId)
  const analysis = { id: uuid(), case_id: caseId, status: 'failed', total: 1, done: 1, cells: 0 } as const
  await db
    .insertInto('analyses')
    .values({
      ...analysis,
      models: 'null',
      classes: '[]',
      error: PLANTED.error,
      created_by: doctor.userId,
      created_at: 1,
    })
    .execute()
  const job = {
    id: uuid(),
    kind: 'analysis',
    status: 'failed',
    attempts: 3,
    run_at: 1,
    locked_until: 0,
  } as const
  const payload = JSON.stringify({ analysisId: analysis.id, fieldIds: [fieldId] })
  await db
    .insertInto('jobs')
    .values({ ...job, payload, error: PLANTED.error, created_at: 1 })
    .execute()

  await ok(doctor, 'POST', `/cases/${caseId}/second-readings`, { readerId: second.userId })
  const { cells: unread } = await ok(second, 'GET', `/cases/${caseId}/cells`)
  const named = [{ id: unread[0].id, version: unread[0].version, set: { type: 'blast' } }]
  await ok(second, 'POST', `/cases/${caseId}/changes`, { changes: named })
  const [reading] = await ok(doctor, 'GET', `/cases/${caseId}/second-readings`)
  await ok(second, 'POST', `/second-readings/${reading.id}/finish`)
  await ok(doctor, 'POST', `/cases/${caseId}/changes`, {
    changes: [{ id: cellIds[0], version: 1, set: { type: 'promyelocyte' } }],
  })
  await db
    .insertInto('cell_embeddings')
    .values({ cell_id: cellIds[0]!, case_id: caseId, recogniser: 'ab'.repeat(32), embedding: 'QkJC' })
    .execute()
  const reference = await ok(doctor, 'POST', `/cells/${cellIds[0]}/reference`)
  const draft = {
    ...EMPTY_DRAFT,
    pictures: [{ kind: 'cell', id: cellIds[0], caption: { en: PLANTED.caption, zh: '' } }],
    texts: { opinion: { en: PLANTED.finding, zh: '' } },
  }
  await ok(doctor, 'PUT', `/cases/${caseId}/report-draft`, { draft, version: 0 })
  const seen = await ok(doctor, 'GET', `/cases/${caseId}`)
  const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
  await ok(doctor, 'POST', `/cases/${caseId}/sign`, { version: seen.version, password: PASSWORD, accepted })
  await ok(doctor, 'POST', `/cases/${caseId}/addenda`, { text: PLANTED.addendum, password: PASSWORD })
  // A smaller copy as the pages ask for it.
  if ((await doctor('GET', `/fields/${fieldId}/image?width=128`)).statusCode !== 200)
    throw new Error('no copy')

  async function merge(kept: string, other: string) {
    const [a, b] = [
      await ok(doctor, 'GET', `/patients/${kept}`),
      await ok(doctor, 'GET', `/patients/${other}`),
    ]
    const body = { version: a.version, otherId: other, otherVersion: b.version }
    await ok(doctor, 'POST', `/patients/${kept}/merge`, body)
  }
  return {
    patientId: patient.id as string,
    duplicateId: duplicate.id as string,
    wronglyId: wrongly.id as string,
    caseId,
    fieldId,
    cellIds,
    original: await storage.localPath(`fields/${fieldId}`),
    referenceId: reference.id as string,
    ok,
  }
}

/** An upload that broke off, as the protocol's store keeps it. */
function plantUpload(folder: string, caseId: string): void {
  const id = uuid()
  mkdirSync(folder, { recursive: true })
  const metadata = { caseId, filename: PLANTED.upload, userId: uuid() }
  writeFileSync(join(folder, `${id}.json`), JSON.stringify({ id, size: 100, offset: 0, metadata }))
  writeFileSync(join(folder, id), PLANTED.upload)
}
