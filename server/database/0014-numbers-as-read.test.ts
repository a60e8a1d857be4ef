import fc from 'fast-check'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, test } from 'vitest'
import { numberKey } from '../../cytology/index.ts'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { MIGRATIONS } from './open.ts'
import type { AnyDatabase } from './tables.ts'

const NUMBERS = ['H123', 'Ｈ１２３', 'h\u200b123', 'H–7', '', ' a  b ', 'ﬁ-ſ', '骨髓\u00ad1']

describe.each(TEST_DATABASES)('%s', (_, empty) => {
  test('numbers of before stay as they were written, are found as they are read, and none is lost', async () => {
    const db = connectDatabase(await empty())
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
    await migrator.migrateTo('0013-order-of-classes')
    const some = fc.sample(fc.string({ unit: 'grapheme', maxLength: 20 }), { numRuns: 700, seed: 1 })
    const numbers = [...NUMBERS, ...some.map((text) => text.replace(/\p{Cs}/gu, ''))]
    const name = (i: number) => String(i).padStart(5, '0')
    for (const [i, number] of numbers.entries()) {
      await sql`insert into patients (id, hospital_number, name, sex, birth_date, version, created_at)
        values (${name(i)}, ${number}, 'n', 'male', null, 1, 1)`.execute(db)
    }
    for (const [i, number] of ['B-1', 'Ｂ1', 'b—1\u200b'].entries()) {
      await sql`insert into specimens (id, patient_id, marrow_number, site, stain, clinical_note, received_on, status,
          target, counting_rule, me_rule, reader_id, synthetic, version, created_by, created_at, updated_at)
        values (${name(i)}, ${name(i)}, ${number}, '', '', '', '2024-05-06', 'pending', 500, 'r', 'm', null, 0, 1, 'u',
          1, 1)`.execute(db)
    }
    const { error } = await migrator.migrateTo('0014-numbers-as-read')
    expect(error).toBeUndefined()
    const patients = await db
      .selectFrom('patients')
      .select(['id', 'hospital_number', 'hospital_number_key'])
      .orderBy('id')
      .execute()
    expect(patients.map((row) => row.hospital_number)).toEqual(numbers)
    // What the upgrade holds of its day is what two are compared by now.
    expect(patients.map((row) => row.hospital_number_key)).toEqual(numbers.map(numberKey))
    const same = patients.filter((row) => row.hospital_number_key === 'h123').map(({ id }) => id)
    expect(same.slice(0, 3)).toEqual([name(0), name(1), name(2)])
    const old = db as unknown as AnyDatabase
    const cases = await old.selectFrom('specimens').select('marrow_number_key').orderBy('id').execute()
    expect(cases.map((row) => row.marrow_number_key)).toEqual(['b-1', 'b1', 'b-1'])
    await db.destroy()
  })
})
