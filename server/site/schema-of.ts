import { Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../database/open.ts'
import type { AnyDatabase } from '../database/tables.ts'

/** The newest migration of a database; '' where it has none. */
export async function schemaOf(db: AnyDatabase): Promise<string> {
  const migrations = await new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
  }).getMigrations()
  return migrations.filter(({ executedAt }) => executedAt).at(-1)?.name ?? ''
}

/** This program's own newest. */
export const NEWEST = Object.keys(MIGRATIONS).sort().at(-1)!
