/**
 * The order in which a case was signed, addended and changed, and in which the audit's rows wait, is counted: ids and times tell
 * it only while the clock goes forward. Signatures that are there are numbered along their hashes, each of which names the one
 * before it; changes of cells by their times, for nothing better is kept of them.
 */
import { sql } from 'kysely'
import { addColumn, dropIndex, makeIndex } from './make-tables.ts'
import { type AnyDatabase, isSqlite } from './tables.ts'

const READ = 500

interface Signature {
  id: string
  case_id: string
  kind: string
  at: number
  sha256: string
  snapshot: string
}

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'signatures', 'number', 'int', 0)
  await addColumn(db, 'cell_changes', 'number', 'int', 0)
  await addColumn(db, 'audit_outbox', 'turn', 'int', 0)
  for (const column of ['due_cases', 'due_patients']) await addColumn(db, 'retention_runs', column, 'int')
  await numberChanges(db)
  await numberSignatures(db)
  await makeIndex(db, 'signatures', 'signatures_case_id_number_unique', ['case_id', 'number'], true)
  await makeIndex(db, 'cell_changes', 'cell_changes_case_id_number_unique', ['case_id', 'number'], true)
  await makeIndex(db, 'audit_outbox', 'audit_outbox_turn', ['turn'])
  // Each is the beginning of the new one.
  await dropIndex(db, 'signatures', 'signatures_case_id')
  await dropIndex(db, 'cell_changes', 'cell_changes_case_id_at')
}

async function numberChanges(db: AnyDatabase): Promise<void> {
  const inOrder = sql`
    (select id, row_number() over (partition by case_id order by at, id) as place from cell_changes)`
  await (isSqlite(db)
    ? sql`update cell_changes set number = o.place from ${inOrder} as o where o.id = cell_changes.id`
    : sql`update cell_changes c join ${inOrder} as o on o.id = c.id set c.number = o.place`
  ).execute(db)
}

async function numberSignatures(db: AnyDatabase): Promise<void> {
  for (let last = ''; ; ) {
    const cases: { case_id: string }[] = await db
      .selectFrom('signatures')
      .select('case_id')
      .distinct()
      .where('case_id', '>', last)
      .orderBy('case_id')
      .limit(READ)
      .execute()
    for (const { case_id } of cases) {
      const rows: Signature[] = await db
        .selectFrom('signatures')
        .select(['id', 'case_id', 'kind', 'at', 'sha256', 'snapshot'])
        .where('case_id', '=', case_id)
        .orderBy('at')
        .orderBy('id')
        .execute()
      for (const [i, { id }] of alongHashes(rows).entries()) {
        await db
          .updateTable('signatures')
          .set({ number: i + 1 })
          .where('id', '=', id)
          .execute()
      }
    }
    if (cases.length < READ) return
    last = cases.at(-1)!.case_id
  }
}

/** The signature, then each whose `previous` has its place already; what follows none of them comes last, by its time. */
function alongHashes(rows: readonly Signature[]): Signature[] {
  const left = new Set(rows)
  const placed: Signature[] = []
  const hashes = new Set<string>()
  while (left.size > 0) {
    const next =
      [...left].find(({ kind }) => kind === 'signature') ??
      [...left].find((row) => hashes.has(previousOf(row) ?? '')) ??
      [...left][0]!
    left.delete(next)
    placed.push(next)
    hashes.add(next.sha256)
  }
  return placed
}

function previousOf({ snapshot }: Signature): string | undefined {
  try {
    return JSON.parse(snapshot)?.previous
  } catch {
    return undefined
  }
}
