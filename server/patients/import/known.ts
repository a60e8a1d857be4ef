import type { Kysely } from 'kysely'
import { inChunks } from '../../database/in-chunks.ts'
import type { Database } from '../../database/schema.ts'
import { anyCase } from '../../database/tables.ts'
import type { PatientRow } from '../patient-row.ts'
import type { ReadRow } from './read-row.ts'

type Db = Kysely<Database>

/** What the database holds of the numbers and names in some rows. */
export interface Known {
  /** By hospital number; `also`: what the duplicate was called that had the number. */
  byNumber: Map<string, { patient: PatientRow; also: string }>
  /** Patients without a hospital number, by name. */
  byName: Map<string, PatientRow[]>
  /** By marrow number. */
  cases: Map<string, { id: string; patient: PatientRow }>
}

/** What is the same for two numbers that the database takes for one: A-1 and a-1. */
export const numberKey = (number: string): string => number.toLowerCase()

export async function readKnown(db: Db, rows: readonly ReadRow[]): Promise<Known> {
  const numbered = await patientsWhere(db, 'hospital_number', namesOf(rows, 'hospitalNumber'))
  const named = await patientsWhere(db, 'name', namesOf(rows, 'name'))
  const specimens: { id: string; patient_id: string; marrow_number: string }[] = []
  for (const numbers of inChunks(namesOf(rows, 'marrowNumber'))) {
    specimens.push(
      ...(await db
        .selectFrom('specimens')
        .select(['id', 'patient_id', 'marrow_number'])
        .where(anyCase(db, 'marrow_number'), 'in', numbers)
        .execute()),
    )
  }
  const owners = await patientsWhere(db, 'id', [...new Set(specimens.map((row) => row.patient_id))])
  const owner = new Map(owners.map((row) => [row.id, row]))
  const byName = new Map<string, PatientRow[]>()
  for (const row of named) {
    if (row.hospital_number !== '' || row.merged_into) continue
    byName.set(row.name, [...(byName.get(row.name) ?? []), row])
  }
  const byNumber: Known['byNumber'] = new Map()
  for (const row of numbered) {
    const key = numberKey(row.hospital_number)
    if (!byNumber.has(key)) byNumber.set(key, { patient: await keptOf(db, row), also: row.name })
  }
  return {
    byNumber,
    byName,
    cases: new Map(
      specimens.map((row) => [
        numberKey(row.marrow_number),
        { id: row.id, patient: owner.get(row.patient_id)! },
      ]),
    ),
  }
}

const namesOf = (rows: readonly ReadRow[], field: 'hospitalNumber' | 'name' | 'marrowNumber') => [
  ...new Set(rows.map((row) => row[field]).filter(Boolean)),
]

async function patientsWhere(
  db: Db,
  column: 'id' | 'hospital_number' | 'name',
  values: readonly string[],
): Promise<PatientRow[]> {
  const found: PatientRow[] = []
  for (const some of inChunks(values)) {
    const compared = column === 'hospital_number' ? anyCase(db, column) : column
    const rows = await db
      .selectFrom('patients')
      .selectAll()
      .where(compared, 'in', some)
      .orderBy('id')
      .execute()
    found.push(...rows)
  }
  return found
}

async function keptOf(db: Db, row: PatientRow): Promise<PatientRow> {
  if (!row.merged_into) return row
  const [kept] = await patientsWhere(db, 'id', [row.merged_into])
  return keptOf(db, kept!)
}
