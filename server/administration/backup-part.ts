import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { lastBackup } from '../site/last-backup.ts'
import { type Part, part } from './part.ts'

/** ms; who loses the disk loses what was done since. */
const OLD = 2 * 86_400_000

export async function backupPart(db: Kysely<Database>): Promise<Part> {
  const backup = await lastBackup(db)
  if (!backup) return part('backup', 'BACKUP_NEVER')
  const { at, folder, rows, files, bytes } = backup
  const ageMs = Date.now() - at
  const values = { backupAt: at, ageMs, folder, rows, files, sizeBytes: bytes }
  return part('backup', ageMs > OLD ? 'BACKUP_OLD' : 'BACKUP_OK', values)
}
