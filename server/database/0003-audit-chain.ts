/** The audit becomes a chain of hashes that only grows; rows that are there already are chained in their order. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { hasColumn, hasTable } from './is-there.ts'
import { type Indexes, makeTables, type Tables } from './make-tables.ts'
import { type AnyDatabase, isSqlite } from './tables.ts'

const ENTRY =
  'id at:time user_id:id? ip:word event:word subject_id:id? specimen_id:id? patient_id:id? status:int detail:long'

const TABLES: Tables = {
  audit: `${ENTRY} number:time previous:hash sha256:hash`,
  audit_outbox: ENTRY,
  audit_chain: 'name:key number:time sha256:hash at:time message:long',
}

/** Two servers on one database cannot both give a number: the chain has no fork. */
const UNIQUE: Indexes = [['audit', ['number']]]

const INDEXES: Indexes = [
  ['audit', ['patient_id', 'number']],
  ['audit', ['specimen_id', 'number']],
  ['audit', ['user_id', 'number']],
  ['audit', ['event', 'number']],
  ['audit', ['at']],
]

const OLD = 'audit_unchained'
const CHUNK = 500
/** What the first row has for the hash of the one before it. */
const GENESIS = '0'.repeat(64)

/** A row of before. */
interface Old {
  id: string
  at: number
  user_id: string | null
  ip: string
  event: string
  subject_id: string | null
  status: number
  detail: string
}

/** The rows of before are set aside and go only when all are chained: begun again, it chains them anew. */
export async function up(db: AnyDatabase): Promise<void> {
  const isChain = await hasColumn(db, 'audit', 'number')
  if (!isChain && !(await hasTable(db, OLD))) await db.schema.alterTable('audit').renameTo(OLD).execute()
  await makeTables(db, TABLES, UNIQUE, INDEXES)
  if (await hasTable(db, OLD)) await chain(db)
  await refuseChanges(db)
}

async function chain(db: AnyDatabase): Promise<void> {
  await db.deleteFrom('audit').execute()
  await db.deleteFrom('audit_chain').execute()
  const head = await chainOldRows(db)
  await db
    .insertInto('audit_chain')
    .values({ name: 'head', ...head, at: Date.now(), message: '' })
    .execute()
  await db.schema.dropTable(OLD).execute()
}

async function chainOldRows(db: AnyDatabase): Promise<{ number: number; sha256: string }> {
  let last = { number: 0, sha256: GENESIS, at: -1, id: '' }
  for (;;) {
    const { rows } = await sql<Old>`
      select * from ${sql.table(OLD)} where at > ${last.at} or (at = ${last.at} and id > ${last.id})
      order by at, id limit ${CHUNK}`.execute(db)
    if (rows.length === 0) return { number: last.number, sha256: last.sha256 }
    const sealed = []
    for (const row of rows) {
      const next = seal(row, last.number + 1, last.sha256)
      sealed.push(next)
      last = next
    }
    await db.insertInto('audit').values(sealed).execute()
  }
}

/** Its hash covers every column in the order of their names, its number and the hash of the row before it. */
function seal(
  { at, detail, event, id, ip, status, subject_id, user_id }: Old,
  number: number,
  previous: string,
) {
  const row = {
    ...{ at, detail, event, id, ip, number, patient_id: null, previous },
    ...{ specimen_id: null, status, subject_id, user_id },
  }
  return { ...row, sha256: createHash('sha256').update(JSON.stringify(row), 'utf8').digest('hex') }
}

async function refuseChanges(db: AnyDatabase): Promise<void> {
  const refuse = isSqlite(db)
    ? `begin select raise(abort, 'the audit is append-only'); end`
    : `for each row signal sqlstate '45000' set message_text = 'the audit is append-only'`
  for (const change of ['update', 'delete']) {
    await sql.raw(`drop trigger if exists audit_no_${change}`).execute(db)
    await sql.raw(`create trigger audit_no_${change} before ${change} on audit ${refuse}`).execute(db)
  }
}
