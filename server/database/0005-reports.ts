/** Drafts of reports, tables of reference ranges, and phrases, with the first phrases in them. */
import { v7 } from 'uuid'
import { FIRST_PHRASES } from './0005-first-phrases.ts'
import { type Indexes, makeTables, type Tables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

const TABLES: Tables = {
  report_drafts: 'specimen_id:key content:long version:int updated_by:id updated_at:time',
  reference_tables:
    'id table_id:word version:int name:text190 source:text500 note:long ranges:long built_in:int active:int created_by:id? created_at:time',
  phrases:
    'id part:word title_zh:text190 title_en:text190 text_zh:long text_en:long active:int version:int updated_by:id? updated_at:time',
}

const UNIQUE: Indexes = [['reference_tables', ['table_id', 'version']]]
const INDEXES: Indexes = [['phrases', ['part']]]

export async function up(db: AnyDatabase): Promise<void> {
  await makeTables(db, TABLES, UNIQUE, INDEXES)
  const at = Date.now()
  const rows = FIRST_PHRASES.map(([part, title_zh, text_zh, title_en, text_en]) => ({
    ...{ id: v7(), part, title_zh, text_zh, title_en, text_en },
    ...{ active: 1, version: 1, updated_by: null, updated_at: at },
  }))
  await db.deleteFrom('phrases').execute()
  await db.insertInto('phrases').values(rows).execute()
}
