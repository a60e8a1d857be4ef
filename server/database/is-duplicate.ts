/** True of the error with which SQLite or MySQL refuses a row whose unique columns another row has. */
export function isDuplicate(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return (
    code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  )
}
