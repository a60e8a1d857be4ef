import type { Kysely, Selectable } from 'kysely'
import { INTENDED_USE, PATIENT_FIELD_NAMES, PATIENT_FIELDS } from '../../cytology/index.ts'
import { CELL_COLUMNS, type CellRow } from '../cells/cell-row.ts'
import type { CaseCounts } from '../cells/counts-to-sign.ts'
import type { Cases, Database } from '../database/schema.ts'
import { reportToFreeze } from '../reports/freeze.ts'

/** Everything that the signature stands for, as plain data. */
export async function snapshot(
  db: Kysely<Database>,
  caseRow: Selectable<Cases>,
  counts: CaseCounts,
  signature: { userId: string; userName: string; at: number; accepted: readonly string[] },
) {
  const { patient_id, version: _, updated_at: __, status: ___, archived: ____, ...known } = caseRow
  const { images_removed_at: _____, ...rest } = known
  const patient = await db
    .selectFrom('patients')
    .select(['id', ...PATIENT_FIELD_NAMES.map((field) => PATIENT_FIELDS[field].column)])
    .where('id', '=', patient_id)
    .executeTakeFirstOrThrow()
  const fields = await db
    .selectFrom('fields')
    .select(['id', 'number', 'file_name', 'sha256', 'width', 'height', 'um_per_pixel', 'scale_source'])
    .where('case_id', '=', caseRow.id)
    .orderBy('number')
    .execute()
  return {
    notice: INTENDED_USE,
    case: rest,
    patient,
    fields,
    cells: await cellsByType(db, caseRow.id),
    ...counts,
    models: await modelsUsed(db, caseRow.id),
    secondReading: await secondReading(db, caseRow.id),
    report: await reportToFreeze(db, caseRow),
    signature,
  }
}

async function cellsByType(db: Kysely<Database>, caseId: string) {
  const rows = await db
    .selectFrom('cells')
    .select(CELL_COLUMNS)
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .orderBy('id')
    .execute()
  const byType: Record<string, Omit<CellRow, 'type' | 'deleted'>[]> = {}
  for (const { type, deleted: _, ...cell } of rows) {
    byType[type] ??= []
    byType[type].push(cell)
  }
  return byType
}

/** Who read the case blind, and how far that reading agreed; null where nobody finished one. */
async function secondReading(db: Kysely<Database>, caseId: string) {
  const row = await db
    .selectFrom('second_readings')
    .innerJoin('users', 'users.id', 'second_readings.reader_id')
    .select(['reader_id', 'users.name as reader_name', 'finished_at', 'agreement'])
    .where('case_id', '=', caseId)
    .where('second_readings.status', '=', 'finished')
    .executeTakeFirst()
  return row ? { ...row, agreement: JSON.parse(row.agreement!) } : null
}

/** The pairs of networks that found and named cells of the case, each once. */
export async function modelsUsed(db: Kysely<Database>, caseId: string) {
  const rows = await db
    .selectFrom('analyses')
    .select('models')
    .distinct()
    .where('case_id', '=', caseId)
    .where('cells', '>', 0)
    .execute()
  return rows
    .map(({ models }) => models)
    .sort()
    .map((models) => JSON.parse(models))
}
