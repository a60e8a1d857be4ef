import type { Kysely, Selectable } from 'kysely'
import type { Audit, Database } from '../database/schema.ts'
import { GENESIS, seal } from './seal.ts'

/** Rows that are read at a time. */
const CHUNK = 2000

export interface Verdict {
  /** How many rows from the first on are as they were written. */
  intact: number
  /** The hash of the last of them. */
  sha256: string
  /** Changes that the server will chain when it runs. */
  waiting: number
  /** Number of the first row that is not as it should be, and what is wrong, in words; null when nothing is. */
  broken: { number: number; message: string } | null
}

/** Reads the whole chain and recomputes every hash. `onProgress` hears the rows done and how many there are. */
export async function verifyChain(
  db: Kysely<Database>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Verdict> {
  let last = { number: 0, sha256: GENESIS }
  const verdict = async (broken: Verdict['broken']): Promise<Verdict> => ({
    intact: last.number,
    sha256: last.sha256,
    waiting: await countWaiting(db),
    broken,
  })
  let total = (await headOf(db))?.number ?? 0
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('number', '>', last.number)
      .orderBy('number')
      .limit(CHUNK)
      .execute()
    for (const row of rows) {
      const message = faultOf(row, last)
      if (message) return verdict({ number: last.number + 1, message })
      last = row
    }
    total = Math.max(total, last.number)
    onProgress(last.number, total)
    if (rows.length === CHUNK) continue
    // The head is read after the rows, and is written together with them: what it names must be there.
    const head = await headOf(db)
    const end = head ? await endFault(db, last, head) : 'The record of where the chain ends is missing.'
    if (end === 'more') continue
    return verdict(end === null ? null : { number: last.number + 1, message: end })
  }
}

/** What is wrong with a row that follows `last`; undefined when nothing is. */
function faultOf(row: Selectable<Audit>, last: { number: number; sha256: string }): string | undefined {
  const expected = last.number + 1
  if (row.number !== expected) {
    const gap =
      row.number === expected + 1 ? `Row ${expected} is` : `Rows ${expected} to ${row.number - 1} are`
    return `${gap} missing: after row ${last.number} comes row ${row.number}.`
  }
  const name = `Row ${row.number} (${row.event}, ${new Date(row.at).toISOString()})`
  if (seal(row, row.number, row.previous).sha256 !== row.sha256) {
    return `${name} was changed after it was written: its content does not have its hash.`
  }
  if (row.previous !== last.sha256) {
    return `${name} does not follow row ${last.number}: one of the two was put in, replaced or moved.`
  }
  return undefined
}

async function endFault(
  db: Kysely<Database>,
  last: { number: number; sha256: string },
  head: { number: number; sha256: string },
): Promise<string | null | 'more'> {
  if (head.number === last.number) {
    return head.sha256 === last.sha256 ? null : 'The chain ends with another row than the one written last.'
  }
  if (head.number < last.number) {
    return `Row ${head.number} was the last that the server wrote; what comes after it was put in.`
  }
  const next = await db
    .selectFrom('audit')
    .select('number')
    .where('number', '>', last.number)
    .limit(1)
    .executeTakeFirst()
  if (next) return 'more'
  const range =
    head.number === last.number + 1
      ? `Row ${head.number} is`
      : `Rows ${last.number + 1} to ${head.number} are`
  return `${range} missing from the end.`
}

const headOf = (db: Kysely<Database>) =>
  db.selectFrom('audit_chain').select(['number', 'sha256']).where('name', '=', 'head').executeTakeFirst()

async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('audit_outbox')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
