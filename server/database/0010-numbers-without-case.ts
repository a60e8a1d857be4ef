/**
 * SQLite compares byte by byte, MySQL without regard to case: m1 and M1 were two cases on one and the same on the other, and
 * could not be moved there. From here on numbers are looked for as MySQL does (`anyCase`), by these indexes.
 *
 * The marrow numbers' unique index stays as it was. One without regard to case could not be made where a site holds two such
 * numbers, and would keep its backup from being restored; on SQLite, where nobody writes beside a transaction, what makes a
 * case looks first.
 */
import { type Kysely, sql } from 'kysely'
import { isSqlite } from './tables.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  if (!isSqlite(db)) return
  // No more is looked for by the letters' case.
  await sql`drop index if exists patients_hospital_number`.execute(db)
  await sql`create index patients_hospital_number on patients (hospital_number collate nocase)`.execute(db)
  await sql`create index if not exists specimens_marrow_number on specimens (marrow_number collate nocase)`.execute(
    db,
  )
}
