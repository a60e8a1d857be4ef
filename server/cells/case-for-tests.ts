import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { CELL_CLASSES, type CellClass, numberKey } from '../../cytology/index.ts'
import { drawCell } from '../../testkit/index.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Cells } from '../database/schema.ts'
import { numberColumns } from '../patients/patient-row.ts'
import type { Ports } from '../ports.ts'
import { CLASSES_NOW } from './stored-probabilities.ts'

/** Pixels of the field that the tests draw; one cell lies in its middle. */
export const SIDE = 256

/** A case with one drawn field and cells of the given types, in rows from the field's top left corner. */
export async function insertCase({ db, storage }: Ports, types: readonly CellClass[]) {
  const [caseId, patientId, slideId, fieldId, by] = [v7(), v7(), v7(), v7(), v7()]
  const at = 1_700_000_000_000
  const { data, width, height } = drawCell({ type: 'segmented_neutrophil', seed: 7, size: SIDE })
  const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'field.png')
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  writeFileSync(file, png)
  await storage.put(`fields/${fieldId}`, file)
  const patient = { ...numberColumns('0815'), name: '张三', sex: 'female', birth_date: null } as const
  await db
    .insertInto('patients')
    .values({ id: patientId, ...patient, version: 1, created_at: at })
    .execute()
  await db
    .insertInto('cases')
    .values({
      id: caseId,
      patient_id: patientId,
      marrow_number: caseId,
      marrow_number_key: numberKey(caseId),
      site: 'iliac',
      stain: 'Wright-Giemsa',
      clinical_note: '',
      received_on: '2024-01-01',
      status: 'in_review',
      target: 200,
      counting_rule: 'icsh_2008',
      me_rule: 'me_icsh_2008_with_blasts',
      reader_id: null,
      synthetic: 1,
      version: 1,
      created_by: by,
      created_at: at,
      updated_at: at,
    })
    .execute()
  await db.insertInto('slides').values({ id: slideId, case_id: caseId, label: '1', created_at: at }).execute()
  await db
    .insertInto('fields')
    .values({
      id: fieldId,
      slide_id: slideId,
      case_id: caseId,
      number: 1,
      file_name: 'field.png',
      sha256: createHash('sha256').update(png).digest('hex'),
      bytes: png.length,
      width,
      height,
      um_per_pixel: 0.1,
      scale_source: 'given',
      warnings: '[]',
      storage_key: `fields/${fieldId}`,
      status: 'analysed',
      error: null,
      version: 1,
      created_at: at,
    })
    .execute()
  const cells = types.map((type, i): Cells => cell(caseId, fieldId, type, i, at))
  for (const chunk of inChunks(cells)) await db.insertInto('cells').values(chunk).execute()
  return { caseId, fieldId, cellIds: cells.map(({ id }) => id) }
}

function cell(caseId: string, fieldId: string, type: CellClass, i: number, at: number): Cells {
  return {
    id: v7(),
    case_id: caseId,
    field_id: fieldId,
    analysis_id: null,
    x: (i * 10.5) % (SIDE - 40),
    y: Math.floor(i / 20) % (SIDE - 40),
    width: 40,
    height: 30.25,
    detection: 0.9,
    type,
    suggested: type,
    subtype: null,
    tags: null,
    probability: 0.8,
    probabilities: JSON.stringify(CELL_CLASSES.map((id) => (id === type ? 0.8 : 0.0167))),
    regions: '[[10.5,20.25],[30,40]]',
    unfamiliar: 0,
    touches_edge: 0,
    origin: 'model',
    reviewed: 0,
    confirmed: null,
    deleted: 0,
    version: 1,
    updated_by: null,
    updated_at: at,
  }
}

/** Gives the cells of a case an analysis that keeps their probabilities in the opposite order. Returns its id. */
export async function turnOrder({ db }: Pick<Ports, 'db'>, caseId: string): Promise<string> {
  const id = await insertAnalysis({ db }, caseId)
  const classes = JSON.stringify(CELL_CLASSES.toReversed())
  await db.updateTable('analyses').set({ status: 'done', classes }).where('id', '=', id).execute()
  const cells = await db.selectFrom('cells').selectAll().where('case_id', '=', caseId).execute()
  for (const cell of cells) {
    const probabilities = JSON.stringify(JSON.parse(cell.probabilities).toReversed())
    await db.updateTable('cells').set({ analysis_id: id, probabilities }).where('id', '=', cell.id).execute()
  }
  return id
}

/** An analysis of a case that is under way. Returns its id. */
export async function insertAnalysis({ db }: Pick<Ports, 'db'>, caseId: string): Promise<string> {
  const id = v7()
  await db
    .insertInto('analyses')
    .values({
      ...{
        id,
        case_id: caseId,
        status: 'running',
        total: 1,
        done: 0,
        cells: 0,
        models: '{}',
        classes: CLASSES_NOW,
        error: null,
      },
      ...{ created_by: caseId, created_at: 1, started_at: 1, finished_at: null },
    })
    .execute()
  return id
}
