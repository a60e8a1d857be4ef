/** What the rules would take, and whether a person is asked first. */
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { casesWithOldImages, oldPatients, type RetentionRules, retentionRules } from './retention-rules.ts'
import type { RetentionDue } from './schemas.ts'

type Db = Kysely<Database>
type Due = Static<typeof RetentionDue>

/** A night takes this share of the patients, or of the cases with images, without asking; and this many of a few. */
const SHARE = 0.01
const FEW = 2
/** How many of each the page lists. */
const LISTED = 500

/** What a person has said may go: what was due at `at` under this version of the rules, so many and no more. */
export interface Confirmed {
  at: number
  version: number
  cases: number
  patients: number
}

interface Counts {
  cases: number
  patients: number
}

/** What would go at `now`, where it is more than may go without a person; else null. */
export async function mustAsk(
  db: Db,
  rules: RetentionRules,
  now: number,
  confirmed: Confirmed | undefined,
): Promise<Counts | null> {
  const due = await countDue(db, rules, now)
  const all = await countAll(db)
  const said = confirmed?.version === rules.version ? confirmed : { cases: 0, patients: 0 }
  const may = (what: keyof Counts) => Math.max(said[what], FEW, Math.floor(all[what] * SHARE))
  return due.cases > may('cases') || due.patients > may('patients') ? due : null
}

/** Whom and what the rules would take now. */
export async function readDue(db: Db): Promise<Due> {
  const rules = await retentionRules(db)
  const at = Date.now()
  const { imagesYears, patientsYears, version } = rules
  const patients =
    patientsYears === null
      ? []
      : await oldPatients(db, patientsYears, at)
          .select(['patients.id', 'patients.name', 'patients.hospital_number'])
          .select((eb) =>
            eb
              .selectFrom('cases')
              .select((of) => of.fn.max('received_on').as('last'))
              .whereRef('cases.patient_id', '=', 'patients.id')
              .as('last'),
          )
          .orderBy('patients.id')
          .limit(LISTED)
          .execute()
  const cases =
    imagesYears === null
      ? []
      : await casesWithOldImages(db, imagesYears, at)
          .select(['cases.id', 'cases.marrow_number', 'cases.received_on'])
          .orderBy('cases.id')
          .limit(LISTED)
          .execute()
  return {
    at,
    version,
    ...(await countDue(db, rules, at)),
    patientList: patients.map(({ id, name, hospital_number: hospitalNumber, last }) => ({
      ...{ id, name, hospitalNumber },
      lastCaseOn: last ?? null,
    })),
    caseList: cases.map((row) => ({
      id: row.id,
      marrowNumber: row.marrow_number,
      receivedOn: row.received_on,
    })),
  }
}

export async function countDue(
  db: Db,
  { imagesYears, patientsYears }: RetentionRules,
  now: number,
): Promise<Counts> {
  const counts = { cases: 0, patients: 0 }
  if (imagesYears !== null) {
    const row = await casesWithOldImages(db, imagesYears, now)
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    counts.cases = Number(row.n)
  }
  if (patientsYears !== null) {
    const row = await oldPatients(db, patientsYears, now)
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    counts.patients = Number(row.n)
  }
  return counts
}

/** The patients, and the cases whose images are there. */
async function countAll(db: Db): Promise<Counts> {
  const patients = await db
    .selectFrom('patients')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  const cases = await db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('images_removed_at', 'is', null)
    .where((eb) =>
      eb.exists(eb.selectFrom('fields').select('fields.id').whereRef('fields.case_id', '=', 'cases.id')),
    )
    .executeTakeFirstOrThrow()
  return { patients: Number(patients.n), cases: Number(cases.n) }
}
