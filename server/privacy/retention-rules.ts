import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Static } from 'typebox'
import { readSettings, saveSettings } from '../accounts/versioned-settings.ts'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { SIGNED } from '../case-lock/refuse-if-signed.ts'
import type { Database } from '../database/schema.ts'
import type { RetentionPreview, Rules } from './schemas.ts'

type Db = Kysely<Database>
export type RetentionRules = Static<typeof Rules>
export type Years = Pick<RetentionRules, 'imagesYears' | 'patientsYears'>

const FOR_EVER: Years = { imagesYears: null, patientsYears: null }

export const retentionRules = (db: Db): Promise<RetentionRules> => readSettings(db, 'retention', FOR_EVER)

/** Errors: CHANGED_MEANWHILE. */
export function saveRules(db: Db, rules: RetentionRules): Promise<RetentionRules> {
  return db.transaction().execute(async (trx) => {
    const before = await retentionRules(trx)
    const after = await saveSettings(trx, 'retention', FOR_EVER, rules)
    await record(trx, { event: 'retention.edit', ...changed({ ...before }, { ...after }) })
    return after
  })
}

/** The same day so many years earlier; of 29 February the 1st of March where there is none. ms, UTC. */
export function yearsBefore(now: number, years: number): number {
  const day = new Date(now)
  day.setUTCFullYear(day.getUTCFullYear() - years)
  return day.getTime()
}

type OfCase = ExpressionBuilder<Database, 'cases'>

/** Nothing of the case was signed since: neither the report nor an addendum. */
const unsignedSince = (eb: OfCase, time: number): Expression<SqlBool> =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('signatures')
        .select('signatures.id')
        .whereRef('signatures.case_id', '=', 'cases.id')
        .where('signatures.at', '>', time),
    ),
  )

/** Signed cases whose photographs are there and whose last signature or addendum is older than `years`. */
export const casesWithOldImages = (db: Db, years: number, now: number) =>
  db
    .selectFrom('cases')
    .where('cases.status', 'in', SIGNED)
    .where('cases.images_removed_at', 'is', null)
    .where((eb) =>
      eb.exists(eb.selectFrom('fields').select('fields.id').whereRef('fields.case_id', '=', 'cases.id')),
    )
    .where((eb) => unsignedSince(eb, yearsBefore(now, years)))

/**
 * Patients whose last case came, and was last signed, more than `years` ago; who never had a case counts from the day on
 * which the row was made. `open`: those with a case that is not signed, who are left alone; else all others.
 */
export function oldPatients(db: Db, years: number, now: number, open = false) {
  const time = yearsBefore(now, years)
  const day = new Date(time).toISOString().slice(0, 10)
  const own = (eb: ExpressionBuilder<Database, 'patients'>) =>
    eb.selectFrom('cases').select('cases.id').whereRef('cases.patient_id', '=', 'patients.id')
  return db
    .selectFrom('patients')
    .where('patients.merged_into', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          own(eb).where((of) => of.or([of('cases.received_on', '>', day), of.not(unsignedSince(of, time))])),
        ),
      ),
    )
    .where((eb) => {
      const unsigned = eb.exists(own(eb).where('cases.status', 'not in', SIGNED))
      return open ? unsigned : eb.not(unsigned)
    })
    .where((eb) => eb.or([eb('patients.created_at', '<=', time), eb.exists(own(eb))]))
}

/** What the rules would concern if they were carried out now. */
export async function previewRetention(
  db: Db,
  { imagesYears, patientsYears }: Years,
  now = Date.now(),
): Promise<Static<typeof RetentionPreview>> {
  const images = { cases: 0, fields: 0, bytes: 0 }
  const patients = { patients: 0, cases: 0, kept: 0 }
  if (imagesYears !== null) {
    const cases = casesWithOldImages(db, imagesYears, now)
    const found = await db
      .selectFrom('fields')
      .select((eb) => [eb.fn.countAll().as('fields'), eb.fn.sum('bytes').as('bytes')])
      .select((eb) => eb.fn.count('case_id').distinct().as('cases'))
      .where('case_id', 'in', cases.select('cases.id'))
      .executeTakeFirstOrThrow()
    Object.assign(images, {
      cases: Number(found.cases),
      fields: Number(found.fields),
      bytes: Number(found.bytes ?? 0),
    })
  }
  if (patientsYears !== null) {
    const count = async (open: boolean) => {
      const { n } = await oldPatients(db, patientsYears, now, open)
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    }
    const { n } = await db
      .selectFrom('cases')
      .select((eb) => eb.fn.countAll().as('n'))
      .where('patient_id', 'in', oldPatients(db, patientsYears, now).select('patients.id'))
      .executeTakeFirstOrThrow()
    Object.assign(patients, { patients: await count(false), cases: Number(n), kept: await count(true) })
  }
  return { images, patients }
}
