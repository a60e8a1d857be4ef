/**
 * SQLite compares byte by byte, MySQL without regard to case: m1 and M1 were two cases on one and the same on the other, and
 * could not be moved there. From here on they are one everywhere.
 */
import { type Kysely, sql } from 'kysely'
import { isSqlite } from './tables.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  if (!isSqlite(db)) return
  await sql`drop index patients_hospital_number`.execute(db)
  await sql`create index patients_hospital_number on patients (hospital_number collate nocase)`.execute(db)
  const { rows } = await sql`
    select 1 from specimens group by marrow_number collate nocase having count(*) > 1 limit 1`.execute(db)
  // Where there are two already neither can be taken away here: the old index stays, and one beside it finds both.
  const unique = rows.length === 0
  if (unique) await sql`drop index specimens_marrow_number_unique`.execute(db)
  const name = unique ? 'specimens_marrow_number_unique' : 'specimens_marrow_number_nocase'
  await sql`
    create ${sql.raw(unique ? 'unique index' : 'index')} ${sql.ref(name)}
    on specimens (marrow_number collate nocase)`.execute(db)
}
