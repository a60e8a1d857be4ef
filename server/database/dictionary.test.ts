import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DICTIONARY, dictionary } from './dictionary.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { openDatabase } from './open.ts'
import type { AnyDatabase } from './tables.ts'

test('the data dictionary in docs/ is that of the present tables: npm run -s dictionary writes it', async () => {
  const db = (await openDatabase(await TEST_DATABASES[0]![1]())) as AnyDatabase
  expect(readFileSync(DICTIONARY, 'utf8')).toBe(await dictionary(db))
  await db.destroy()
})
