import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { type AnyDatabase, lettersIn, rowsOf } from './tables.ts'

test.each(TEST_DATABASES)(
  'rows are read once each, few at a time where they are long, on %s',
  async (_, empty) => {
    const db = connectDatabase(await empty()) as AnyDatabase
    try {
      await sql`create table long_rows (id varchar(36) not null primary key, content longtext not null)`.execute(
        db,
      )
      const ids = Array.from({ length: 3000 }, (_, i) => `row-${String(i).padStart(5, '0')}`)
      const content = (i: number) => (i >= 100 && i < 400 ? 'x'.repeat(100_000) : 'short')
      for (let from = 0; from < ids.length; from += 10) {
        const some = ids.slice(from, from + 10).map((id, i) => ({ id, content: content(from + i) }))
        await db.insertInto('long_rows').values(some).execute()
      }
      const table = { name: 'long_rows', columns: ['content', 'id'], key: ['id'] }
      const read: string[] = []
      const letters: number[] = []
      let most = 0
      for await (const rows of rowsOf(db, table, 1000)) {
        read.push(...rows.map(({ id }) => String(id)))
        letters.push(lettersIn(rows))
        most = Math.max(most, rows.length)
      }
      expect(read).toEqual(ids)
      expect(most).toBe(1000)
      // Of the first long ones more come at once, as nobody knew of them.
      expect(letters.slice(3).filter((many) => many > 5e6)).toEqual([])
      expect(letters.slice(3).some((many) => many > 3e6)).toBe(true)
    } finally {
      await db.destroy()
    }
  },
)
