import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { PATIENT_FIELD_NAMES, PATIENT_FIELDS, patientDataOfRow } from '../../cytology/index.ts'
import { newerVersion, ruleOf } from '../counting-rules/rule-of-case.ts'
import { ruleAnswer } from '../counting-rules/rule-row.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Case, CaseRecord } from './schemas.ts'

export type CaseAnswer = Static<typeof Case>

const NAMES_OF_PATIENT = PATIENT_FIELD_NAMES.map((field) => PATIENT_FIELDS[field].column)
// A case has columns of the same names.
const PATIENT_COLUMNS = NAMES_OF_PATIENT.map((column) => `patients.${column} as patient_${column}` as const)
const patientOf = (row: CaseRow) =>
  patientDataOfRow(Object.fromEntries(NAMES_OF_PATIENT.map((column) => [column, row[`patient_${column}`]])))

/** Cases with their patient and reader: what the answer is made of. */
export const selectCases = (db: Kysely<Database>) =>
  db
    .selectFrom('cases')
    .innerJoin('patients', 'patients.id', 'cases.patient_id')
    .leftJoin('users', 'users.id', 'cases.reader_id')
    .leftJoin('second_readings as reading', (join) =>
      join.onRef('reading.case_id', '=', 'cases.id').on('reading.status', '!=', 'withdrawn'),
    )
    .leftJoin('users as second', 'second.id', 'reading.reader_id')
    .selectAll('cases')
    .select(PATIENT_COLUMNS)
    .select([
      'users.name as reader_name',
      'reading.id as reading_id',
      'reading.reader_id as second_reader_id',
      'reading.status as reading_status',
      'second.name as second_reader_name',
    ])

export type CaseRow = Awaited<ReturnType<ReturnType<typeof selectCases>['executeTakeFirstOrThrow']>>

/** What is known of a case without its rule read. */
export function caseRecord(row: CaseRow): Static<typeof CaseRecord> {
  return {
    id: row.id,
    marrowNumber: row.marrow_number,
    formerNumbers: JSON.parse(row.former_numbers ?? '[]'),
    patientId: row.patient_id,
    patient: patientOf(row),
    site: row.site,
    stain: row.stain,
    diagnosis: row.diagnosis,
    clinicalNote: row.clinical_note,
    requester: row.requester,
    receivedOn: row.received_on,
    target: row.target,
    countingRule: row.counting_rule,
    countingRuleVersion: row.counting_rule_version,
    meRule: row.me_rule,
    reportedCount: row.reported_count,
    status: row.status,
    readerId: row.reader_id,
    readerName: row.reader_name,
    secondReading: secondReadingOf(row),
    synthetic: row.synthetic === 1,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    imagesRemovedAt: row.images_removed_at === null ? null : Number(row.images_removed_at),
  }
}

function secondReadingOf(row: CaseRow): CaseAnswer['secondReading'] {
  const { reading_id: id, second_reader_id: readerId, second_reader_name, reading_status: status } = row
  if (id === null || readerId === null || status === null || status === 'withdrawn') return null
  return { id, readerId, readerName: second_reader_name ?? '', status }
}

/** The case as the API answers it. Errors: NOT_FOUND. */
export async function caseOf(db: Kysely<Database>, id: string): Promise<CaseAnswer> {
  const row = await selectCases(db).where('cases.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('case')
  return {
    ...caseRecord(row),
    rule: ruleAnswer(await ruleOf(db, row)),
    newerRuleVersion: await newerVersion(db, row),
  }
}

/** As a blind reader has it: when the case was last changed would tell when the first reader named cells. */
export const blindly = <T extends { createdAt: number; updatedAt: number }>(record: T): T => ({
  ...record,
  updatedAt: record.createdAt,
})

/** As the audit keeps it: a version of a rule says what the rule is. */
export const toRecord = ({ rule: _, newerRuleVersion: __, ...rest }: CaseAnswer) => rest
