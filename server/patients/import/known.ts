import type { Kysely } from 'kysely'
import { numberKey } from '../../../cytology/index.ts'
import { inChunks } from '../../database/in-chunks.ts'
import type { Database } from '../../database/schema.ts'
import type { PatientRow } from '../patient-row.ts'
import type { ReadRow } from './read-row.ts'

type Db = Kysely<Database>

type Numbered = 'hospitalNumber' | 'marrowNumber'
/** Digits up to which a number is looked for with zeros before it. */
const LONGEST_PADDED = 12

/** What the database holds of the numbers and names in some rows. */
export interface Known {
  /** By the key of the hospital number; `also`: what the duplicate was called that had it. */
  byNumber: Map<string, { patient: PatientRow; also: string }>
  /** Keys of hospital numbers that several patients have, who stood there before numbers were compared as they are read. */
  twice: Set<string>
  /** Patients without a hospital number, by name. */
  byName: Map<string, PatientRow[]>
  /** By the key of the marrow number. */
  cases: Map<string, { id: string; patient: PatientRow }>
  /** Keys of numbers of the rows that are there with zeros before them only, by field. */
  padded: Record<Numbered, Set<string>>
}

export async function readKnown(db: Db, rows: readonly ReadRow[]): Promise<Known> {
  const numbered = await patientsWhere(db, 'hospital_number_key', keysOf(rows, 'hospitalNumber'))
  const named = await patientsWhere(db, 'name', [...new Set(rows.map((row) => row.name).filter(Boolean))])
  const cases: { id: string; patient_id: string; marrow_number_key: string }[] = []
  for (const numbers of inChunks(keysOf(rows, 'marrowNumber'))) {
    cases.push(
      ...(await db
        .selectFrom('cases')
        .select(['id', 'patient_id', 'marrow_number_key'])
        .where('marrow_number_key', 'in', numbers)
        .execute()),
    )
  }
  const owners = await patientsWhere(db, 'id', [...new Set(cases.map((row) => row.patient_id))])
  const owner = new Map(owners.map((row) => [row.id, row]))
  const byName = new Map<string, PatientRow[]>()
  for (const row of named) {
    if (row.hospital_number !== '' || row.merged_into) continue
    byName.set(row.name, [...(byName.get(row.name) ?? []), row])
  }
  const byNumber: Known['byNumber'] = new Map()
  const twice: Known['twice'] = new Set()
  for (const row of numbered) {
    const key = row.hospital_number_key
    const there = byNumber.get(key)
    const patient = await keptOf(db, row)
    if (!there) byNumber.set(key, { patient, also: row.name })
    else if (there.patient.id !== patient.id) twice.add(key)
  }
  return {
    byNumber,
    twice,
    byName,
    cases: new Map(
      cases.map((row) => [row.marrow_number_key, { id: row.id, patient: owner.get(row.patient_id)! }]),
    ),
    padded: {
      hospitalNumber: await paddedOf(db, keysOf(rows, 'hospitalNumber'), 'hospitalNumber'),
      marrowNumber: await paddedOf(db, keysOf(rows, 'marrowNumber'), 'marrowNumber'),
    },
  }
}

/** Of these keys those that are there only as 00123: a spreadsheet makes 123 of it. */
async function paddedOf(db: Db, keys: readonly string[], field: Numbered): Promise<Set<string>> {
  const digits = keys.filter((key) => /^[1-9]\d*$/.test(key))
  const longer = digits.flatMap((key) =>
    Array.from({ length: Math.max(0, LONGEST_PADDED - key.length) }, (_, i) =>
      key.padStart(key.length + 1 + i, '0'),
    ),
  )
  const found: string[] = []
  for (const some of inChunks([...digits, ...longer])) {
    const rows =
      field === 'hospitalNumber'
        ? await db
            .selectFrom('patients')
            .select('hospital_number_key as key')
            .where('hospital_number_key', 'in', some)
            .execute()
        : await db
            .selectFrom('cases')
            .select('marrow_number_key as key')
            .where('marrow_number_key', 'in', some)
            .execute()
    found.push(...rows.map(({ key }) => key))
  }
  const there = new Set(found)
  return new Set(found.map((key) => key.replace(/^0+/, '')).filter((key) => !there.has(key)))
}

const keysOf = (rows: readonly ReadRow[], field: Numbered) => [
  ...new Set(rows.map((row) => numberKey(row[field])).filter(Boolean)),
]

async function patientsWhere(
  db: Db,
  column: 'id' | 'hospital_number_key' | 'name',
  values: readonly string[],
): Promise<PatientRow[]> {
  const found: PatientRow[] = []
  for (const some of inChunks(values)) {
    const rows = await db.selectFrom('patients').selectAll().where(column, 'in', some).orderBy('id').execute()
    found.push(...rows)
  }
  return found
}

async function keptOf(db: Db, row: PatientRow): Promise<PatientRow> {
  if (!row.merged_into) return row
  const [kept] = await patientsWhere(db, 'id', [row.merged_into])
  return keptOf(db, kept!)
}
