import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { numberKey } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import type { AuditFilters, AuditRow } from './schemas.ts'

type Filters = Static<typeof AuditFilters>
type Row = Static<typeof AuditRow>

/** The newest `limit` rows that fit, from the one before number `before` on; without those of cases that `userId` reads blind. */
export async function readAudit(
  db: Kysely<Database>,
  userId: string,
  filters: Filters,
  before: number | undefined,
  limit: number,
): Promise<Row[]> {
  const people = filters.patient === undefined ? undefined : await patientsNamed(db, filters.patient)
  const cases = filters.case === undefined ? undefined : await casesNamed(db, filters.case)
  let rows = db
    .selectFrom('audit')
    .leftJoin('users', 'users.id', 'audit.user_id')
    .leftJoin('cases', 'cases.id', 'audit.case_id')
    .leftJoin('patients', 'patients.id', 'audit.patient_id')
    .selectAll('audit')
    .select(['users.name as user_name', 'cases.marrow_number', 'patients.name as patient_name'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('second_readings')
            .select('second_readings.id')
            .whereRef('second_readings.case_id', '=', 'audit.case_id')
            .where('reader_id', '=', userId)
            .where('second_readings.status', '=', 'open'),
        ),
      ),
    )
    .orderBy('audit.number', 'desc')
    .limit(limit)
  if (people) rows = rows.where('audit.patient_id', 'in', people)
  if (cases) rows = rows.where('audit.case_id', 'in', cases)
  const { user, event, from, to } = filters
  if (user) rows = rows.where('audit.user_id', '=', user)
  if (event?.includes('.')) rows = rows.where('audit.event', '=', event)
  // '/' is the sign after '.': all events of the noun.
  else if (event) rows = rows.where('audit.event', '>', `${event}.`).where('audit.event', '<', `${event}/`)
  if (from !== undefined) rows = rows.where('audit.at', '>=', from)
  if (to !== undefined) rows = rows.where('audit.at', '<=', to)
  if (before !== undefined) rows = rows.where('audit.number', '<', before)
  return (await rows.execute()).map((row) => ({
    number: row.number,
    at: row.at,
    userId: row.user_id,
    userName: row.user_name,
    ip: row.ip,
    event: row.event,
    status: row.status,
    subjectId: row.subject_id,
    caseId: row.case_id,
    marrowNumber: row.marrow_number,
    patientId: row.patient_id,
    patientName: row.patient_name,
    detail: JSON.parse(row.detail),
    sha256: row.sha256,
  }))
}

/** An id is kept as it is: the row that it names may be gone while the audit stays. */
async function patientsNamed(db: Kysely<Database>, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('patients')
    .select('id')
    .where('hospital_number_key', '=', numberKey(name))
    .where('hospital_number_key', '!=', '')
    .execute()
  return [name, ...rows.map(({ id }) => id)]
}

async function casesNamed(db: Kysely<Database>, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('marrow_number_key', '=', numberKey(name))
    .execute()
  return [name, ...rows.map(({ id }) => id)]
}

/** Every event there is, each found by one step in the index, however many rows there are. */
export async function eventsThere(db: Kysely<Database>): Promise<string[]> {
  const events: string[] = []
  for (;;) {
    const next = await db
      .selectFrom('audit')
      .select('event')
      .where('event', '>', events.at(-1) ?? '')
      .orderBy('event')
      .limit(1)
      .executeTakeFirst()
    if (!next) return events
    events.push(next.event)
  }
}
