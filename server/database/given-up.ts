import type SQLite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/**
 * SQLite itself undoes a transaction where its disk is full or fails. The undoing that follows would be refused then, and that
 * refusal would be all that is told: it is left out.
 */
export const undoingOnce = (database: SQLite.Database): SqliteDatabase => ({
  close: () => void database.close(),
  prepare: (statement) =>
    database.prepare(statement === 'rollback' && !database.inTransaction ? 'select 1' : statement),
})
