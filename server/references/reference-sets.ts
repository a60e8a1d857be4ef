import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import type { CellType } from '../../cytology/index.ts'
import { decode } from '../../vision/index.ts'
import { record } from '../audit/record.ts'
import { cutCrop } from '../cells/cut-crop.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import { tryAgain } from '../inference/try-again.ts'
import type { Ports } from '../ports.ts'
import { keyOf, SIDE, storePicture, UM } from './reference-picture.ts'
import type { NewReferenceSet, ReferenceSet } from './schemas.ts'

/** Public sets of which the site keeps cells, the newest first, with how many of each type. */
export async function readSets(db: Kysely<Database>): Promise<Static<typeof ReferenceSet>[]> {
  const counts = await db
    .selectFrom('reference_cells')
    .select(['set_id', 'type'])
    .select((eb) => eb.fn.countAll().as('n'))
    .where('set_id', 'is not', null)
    .groupBy(['set_id', 'type'])
    .execute()
  const sets = await db
    .selectFrom('reference_sets')
    .leftJoin('users', 'users.id', 'reference_sets.created_by')
    .select(['reference_sets.id', 'source', 'licence', 'address', 'name', 'reference_sets.created_at'])
    .orderBy('reference_sets.id', 'desc')
    .execute()
  return sets.map(({ name, created_at, ...set }) => ({
    ...set,
    takenBy: name,
    createdAt: Number(created_at),
    types: counts
      .filter(({ set_id }) => set_id === set.id)
      .map(({ type, n }) => ({ type, count: Number(n) })),
  }))
}

/** Makes an empty set, or goes on with the one of the same source. Returns its id. */
export async function openSet(
  db: Kysely<Database>,
  { source, licence, address }: Static<typeof NewReferenceSet>,
  userId: string | null,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const there = await trx
      .selectFrom('reference_sets')
      .select('id')
      .where('source', '=', source)
      .where('licence', '=', licence)
      .executeTakeFirst()
    if (there) return there.id
    const id = v7()
    const values = { id, source, licence, address, created_by: userId, created_at: Date.now() }
    await trx.insertInto('reference_sets').values(values).execute()
    await record(trx, { event: 'reference_set.create', subjectId: id, after: { source, licence, address } })
    return id
  })
}

/**
 * Takes the cell in the middle of an image of `umPerPixel` into a set, as pixels alone. Returns whether it is new: an image of
 * the set that looks the same to the recogniser is not kept twice, so an import that was broken off can be begun again.
 *
 * Errors: NOT_FOUND of the set; those of the networks and of `Decoding.open`.
 */
export async function addToSet(
  ports: Pick<Ports, 'config' | 'db' | 'storage' | 'inference' | 'decoding'>,
  { setId, type, file, umPerPixel }: { setId: string; type: CellType; file: string; umPerPixel: number },
  userId: string | null,
): Promise<boolean> {
  const { db, storage, inference, decoding } = ports
  const picture = await decoding.open(file, async (image) =>
    cutCrop(await decode(image), image.width / 2, image.height / 2, UM / umPerPixel, SIDE),
  )
  const id = v7()
  await storePicture(ports, id, picture)
  try {
    const stored = await storage.localPath(keyOf(id))
    const { recogniser, embedding } = await tryAgain(() =>
      inference.recognise(stored, UM / SIDE, [0, 0, SIDE, SIDE]),
    )
    const isNew = await db.transaction().execute(async (trx) => {
      await holdSet(trx, setId)
      const there = await trx
        .selectFrom('reference_cells')
        .select('id')
        .where('set_id', '=', setId)
        .where('type', '=', type)
        .where('recogniser', '=', recogniser)
        .where('embedding', '=', embedding)
        .executeTakeFirst()
      if (there) return false
      const by = { created_by: userId, created_at: Date.now(), case_id: null, set_id: setId }
      const values = { id, type, note: '', storage_key: keyOf(id), recogniser, embedding, ...by }
      await trx
        .insertInto('reference_cells')
        .values({ ...values, origin: 'set' })
        .execute()
      return true
    })
    if (!isNew) await storage.remove(keyOf(id))
    return isNew
  } catch (error) {
    await storage.remove(keyOf(id))
    throw error
  }
}

/** Removes a set with its cells. Errors: NOT_FOUND. */
export async function removeSet({ db, storage }: Ports, id: string): Promise<void> {
  const keys = await db.transaction().execute(async (trx) => {
    const { source, licence } = await holdSet(trx, id)
    const cells = await trx
      .selectFrom('reference_cells')
      .select('storage_key')
      .where('set_id', '=', id)
      .execute()
    await trx.deleteFrom('reference_cells').where('set_id', '=', id).execute()
    await trx.deleteFrom('reference_sets').where('id', '=', id).execute()
    await record(trx, { event: 'reference_set.remove', before: { source, licence, cells: cells.length } })
    return cells.map(({ storage_key }) => storage_key)
  })
  for (const key of keys) await storage.remove(key)
}

/** No other transaction changes the set, nor removes it, before this one ends. Errors: NOT_FOUND. */
async function holdSet(trx: Kysely<Database>, id: string) {
  await trx
    .updateTable('reference_sets')
    .set((eb) => ({ source: eb.ref('source') }))
    .where('id', '=', id)
    .execute()
  const set = await trx.selectFrom('reference_sets').selectAll().where('id', '=', id).executeTakeFirst()
  if (!set) throw notFound('set of reference cells')
  return set
}
