/** The audit becomes a chain of hashes that only grows; rows that are there already are chained in their order. */
import { type Kysely, sql } from 'kysely'
import { type Entry, GENESIS, seal } from '../audit/seal.ts'
import { hasColumn, hasTable } from './is-there.ts'
import { type Indexes, makeTables, type Tables } from './make-tables.ts'
import type { Database } from './schema.ts'
import { isSqlite } from './tables.ts'

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

/** The rows of before are set aside and go only when all are chained: begun again, it chains them anew. */
export async function up(unknown: Kysely<unknown>): Promise<void> {
  const db = unknown as Kysely<Database>
  const isChain = await hasColumn(db, 'audit', 'number')
  if (!isChain && !(await hasTable(db, OLD))) await db.schema.alterTable('audit').renameTo(OLD).execute()
  await makeTables(unknown, TABLES, UNIQUE, INDEXES)
  if (await hasTable(db, OLD)) await chain(db)
  await refuseChanges(db)
}

async function chain(db: Kysely<Database>): Promise<void> {
  await db.deleteFrom('audit').execute()
  await db.deleteFrom('audit_chain').execute()
  const head = await chainOldRows(db)
  await db
    .insertInto('audit_chain')
    .values({ name: 'head', ...head, at: Date.now(), message: '' })
    .execute()
  await db.schema.dropTable(OLD).execute()
}

async function chainOldRows(db: Kysely<Database>): Promise<{ number: number; sha256: string }> {
  let last = { number: 0, sha256: GENESIS, at: -1, id: '' }
  for (;;) {
    const { rows } = await sql<Omit<Entry, 'specimen_id' | 'patient_id'>>`
      select * from ${sql.table(OLD)} where at > ${last.at} or (at = ${last.at} and id > ${last.id})
      order by at, id limit ${CHUNK}`.execute(db)
    if (rows.length === 0) return { number: last.number, sha256: last.sha256 }
    const sealed = []
    for (const row of rows) {
      last = seal({ ...row, specimen_id: null, patient_id: null }, last.number + 1, last.sha256)
      sealed.push(last as ReturnType<typeof seal>)
    }
    await db.insertInto('audit').values(sealed).execute()
  }
}

async function refuseChanges(db: Kysely<Database>): Promise<void> {
  const refuse = isSqlite(db)
    ? `begin select raise(abort, 'the audit is append-only'); end`
    : `for each row signal sqlstate '45000' set message_text = 'the audit is append-only'`
  for (const change of ['update', 'delete']) {
    await sql.raw(`drop trigger if exists audit_no_${change}`).execute(db)
    await sql.raw(`create trigger audit_no_${change} before ${change} on audit ${refuse}`).execute(db)
  }
}
