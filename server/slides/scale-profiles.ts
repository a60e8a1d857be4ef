import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { record } from '../audit/record.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database, ScaleProfiles } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import type { ScaleProfile, ScaleProfileGiven } from './schemas.ts'

type Answer = Static<typeof ScaleProfile>
type Given = Static<typeof ScaleProfileGiven>

/** The cameras and objectives of the site, by name. */
export async function scaleProfiles(db: Kysely<Database>): Promise<Answer[]> {
  const rows = await db.selectFrom('scale_profiles').selectAll().orderBy('name').execute()
  return rows.map(answerOf)
}

/** Errors: PROFILE_NAME_EMPTY, PROFILE_NAME_TAKEN. */
export function addScaleProfile(db: Kysely<Database>, given: Given, userId: string): Promise<Answer> {
  const columns = columnsOf(given)
  const row = { id: uuid(), ...columns, created_by: userId, created_at: Date.now() }
  return unlessTaken(columns.name, () =>
    db.transaction().execute(async (trx) => {
      await trx.insertInto('scale_profiles').values(row).execute()
      await record(trx, { event: 'scale_profile.create', subjectId: row.id, after: columns })
      return answerOf(row)
    }),
  )
}

/** For pictures from now on: what was analysed stays. Errors: NOT_FOUND, PROFILE_NAME_EMPTY, PROFILE_NAME_TAKEN. */
export function changeScaleProfile(db: Kysely<Database>, id: string, given: Given): Promise<Answer> {
  const columns = columnsOf(given)
  return unlessTaken(columns.name, () =>
    db.transaction().execute(async (trx) => {
      const { id: _, ...before } = answerOf(await found(trx, id))
      await trx.updateTable('scale_profiles').set(columns).where('id', '=', id).execute()
      await record(trx, { event: 'scale_profile.change', subjectId: id, before, after: columns })
      return answerOf(await found(trx, id))
    }),
  )
}

/** Errors: NOT_FOUND. */
export function removeScaleProfile(db: Kysely<Database>, id: string): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const { id: _, ...before } = answerOf(await found(trx, id))
    await trx.deleteFrom('scale_profiles').where('id', '=', id).execute()
    await record(trx, { event: 'scale_profile.remove', subjectId: id, before })
  })
}

async function found(db: Kysely<Database>, id: string): Promise<Selectable<ScaleProfiles>> {
  const row = await db.selectFrom('scale_profiles').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('scale profile')
  return row
}

function columnsOf({ name: given, umPerPixel, camera, width, height }: Given) {
  const name = given.trim()
  if (!name) throw new HttpError(400, 'PROFILE_NAME_EMPTY', 'Give the camera and objective a name.')
  return { name, um_per_pixel: umPerPixel, camera: camera.trim(), width, height }
}

function answerOf({ id, name, um_per_pixel, camera, width, height }: Selectable<ScaleProfiles>): Answer {
  return { id, name, umPerPixel: um_per_pixel, camera, width, height }
}

async function unlessTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new HttpError(
      409,
      'PROFILE_NAME_TAKEN',
      `There is a profile ${name} already. Give this one another name.`,
    )
  }
}
