import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { REPORT_PARTS } from '../../cytology/index.ts'
import type { Database, Phrases } from '../database/schema.ts'
import { conflict, notFound } from '../errors.ts'
import type { NewPhrase, Phrase, PhrasePatch } from './schemas.ts'

type Db = Kysely<Database>
type Answer = Static<typeof Phrase>

const ORDER = Object.keys(REPORT_PARTS)

/** Phrases in the order of the report's parts, oldest first; those taken out of use too. */
export async function listPhrases(db: Db): Promise<Answer[]> {
  const rows = await db.selectFrom('phrases').selectAll().orderBy('id').execute()
  return rows.map(answer).sort((a, b) => ORDER.indexOf(a.part) - ORDER.indexOf(b.part))
}

export async function addPhrase(db: Db, userId: string, given: Static<typeof NewPhrase>): Promise<Answer> {
  const at = Date.now()
  const row = {
    id: v7(),
    ...columns(given),
    active: 1 as const,
    version: 1,
    updated_by: userId,
    updated_at: at,
  }
  await db.insertInto('phrases').values(row).execute()
  return answer(row)
}

/** Errors: NOT_FOUND; CHANGED_MEANWHILE with the phrase as it is now. */
export async function changePhrase(
  db: Db,
  userId: string,
  id: string,
  { version, active, ...given }: Static<typeof PhrasePatch>,
): Promise<Answer> {
  const read = () => db.selectFrom('phrases').selectAll().where('id', '=', id).executeTakeFirst()
  const before = await read()
  if (!before) throw notFound('phrase')
  const { numUpdatedRows } = await db
    .updateTable('phrases')
    .set({
      ...columns({ ...answer(before), ...given }),
      ...(active === undefined ? {} : { active: active ? 1 : 0 }),
      ...{ version: version + 1, updated_by: userId, updated_at: Date.now() },
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  const now = answer((await read())!)
  if (Number(numUpdatedRows) === 0) throw conflict('phrase', now)
  return now
}

const columns = ({ part, title, text }: Static<typeof NewPhrase>) => ({
  part,
  title_zh: title.zh.slice(0, 190),
  title_en: title.en.slice(0, 190),
  text_zh: text.zh,
  text_en: text.en,
})

const answer = (row: Selectable<Phrases>): Answer => ({
  id: row.id,
  part: row.part,
  title: { zh: row.title_zh, en: row.title_en },
  text: { zh: row.text_zh, en: row.text_en },
  active: row.active === 1,
  version: row.version,
})
