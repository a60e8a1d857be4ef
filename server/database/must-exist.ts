import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Connecting to an SQLite file that is not there would make one. Errors: one sentence in that case. */
export function mustExist(databaseUrl: string): void {
  if (!databaseUrl.startsWith('file:') || existsSync(fileURLToPath(databaseUrl))) return
  throw new Error(
    `There is no database at ${fileURLToPath(databaseUrl)}; set MARROWSCOPE_SITE or DATABASE_URL.`,
  )
}
