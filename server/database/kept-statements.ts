import type SQLite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** Statements that are kept; a server has some three hundred, and lists of other lengths make more. */
const KEPT = 500
const OF_ROWS = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i

/**
 * A SQLite connection that prepares each statement once: preparing takes as long as many a statement itself. What changes tables lets all go,
 * for a statement keeps the columns that it was prepared with.
 */
export function keepStatements(database: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  const prepare = (asked: string): SQLite.Statement => {
    // SQLite itself undoes a transaction where its disk is full or fails. The undoing that follows would be refused then, and
    // that refusal would be all that is told.
    const text = asked === 'rollback' && !database.inTransaction ? 'select 1' : asked
    if (!OF_ROWS.test(text)) {
      kept.clear()
      return database.prepare(text)
    }
    const known = kept.get(text)
    // One whose rows are still being gone through cannot begin again.
    if (known?.busy) return database.prepare(text)
    const statement = known ?? database.prepare(text)
    // The last used one is the last to go.
    kept.delete(text)
    kept.set(text, statement)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
    return statement
  }
  return { prepare: prepare as SqliteDatabase['prepare'], close: () => database.close() }
}
