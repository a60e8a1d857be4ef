import { type Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import * as first from './0001-first.ts'
import * as second from './0002-likeness-and-second-readings.ts'
import * as patients from './0004-patients.ts'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import type { Database } from './schema.ts'

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('a site from before gets the terms that find what it holds', async () => {
    const db = connectDatabase(await empty())
    const bare = db as unknown as Kysely<unknown>
    for (const { up } of [first, second]) await up(bare)
    await insertOld(db)
    await patients.up(bare)
    const { rows } = await sql<{ term: string }>`select term from search_terms order by term`.execute(db)
    const terms = rows.map(({ term }) => term)
    for (const term of ['单雄信', 'shanxiongxin', 'sxx', 'h9', '2024-05-06', 'bm7'])
      expect(terms).toContain(term)
    const [patient] = await db.selectFrom('patients').selectAll().execute()
    expect(patient).toMatchObject({ pinyin: 'shanxiongxin', initials: 'sxx', archived: 0, merged_into: null })
    await db.destroy()
  })
})

async function insertOld(db: Kysely<Database>): Promise<void> {
  const at = Date.now()
  await sql`insert into patients (id, hospital_number, name, sex, birth_date, version, created_at)
    values ('p', 'H-9', '单雄信', 'male', null, 1, ${at})`.execute(db)
  await sql`insert into specimens (id, patient_id, marrow_number, site, stain, clinical_note, received_on, status, target,
      counting_rule, me_rule, reader_id, synthetic, version, created_by, created_at, updated_at)
    values ('s', 'p', 'BM/7', '', '', '', '2024-05-06', 'pending', 500, 'icsh_2008', 'me_icsh_2008', null, 0, 1, 'u', ${at}, ${at})`.execute(
    db,
  )
}
