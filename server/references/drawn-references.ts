import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Kysely } from 'kysely'
import { v7 } from 'uuid'
import type { CellType } from '../../cytology/index.ts'
import { type Box, decode, openImage } from '../../vision/index.ts'
import { placeOf } from '../cells/cell-box.ts'
import { cutCrop } from '../cells/cut-crop.ts'
import type { Database, ReferenceCells } from '../database/schema.ts'
import type { Ports } from '../ports.ts'
import { keyOf, SIDE, storePicture, UM } from './reference-picture.ts'

export interface DrawnReference {
  type: CellType
  file: string
  umPerPixel: number
  box: Box
}

const PER_TYPE = 3

/**
 * Makes the site's reference cells ready for the present recogniser: draws the first ones, and looks anew at those that
 * another recogniser saw. Does nothing where all is so already; begun again after a crash it goes on.
 *
 * Errors: those of the networks, the store and the database.
 */
export async function readyReferences(ports: Ports): Promise<void> {
  const { db, inference } = ports
  const { recogniser } = await inference.models()
  if (!(await areDrawn(db))) await drawFirst(ports)
  await lookAnew(ports, recogniser.sha256)
}

/** All rows are written at once: a crash before leaves pictures without a row, never half a collection. */
async function drawFirst(ports: Ports): Promise<void> {
  const { config, db, inference } = ports
  await mkdir(config.dataFolder, { recursive: true })
  const folder = await mkdtemp(join(config.dataFolder, 'drawing-'))
  try {
    const rows: ReferenceCells[] = []
    for (const { type, file, umPerPixel, box } of await draw(folder)) {
      const { recogniser, embedding } = await inference.recognise(file, umPerPixel, box)
      const { x, y, width, height } = placeOf(box)
      const field = await decode(await openImage(file))
      const id = v7()
      await storePicture(
        ports,
        id,
        await cutCrop(field, x + width / 2, y + height / 2, UM / umPerPixel, SIDE),
      )
      rows.push({
        ...{ id, type, origin: 'drawn', note: '', storage_key: keyOf(id), recogniser, embedding },
        ...{ created_by: null, created_at: Date.now(), case_id: null, set_id: null },
      })
    }
    await db.transaction().execute(async (trx) => {
      // Someone else who was at it on the same database may have been faster.
      if (!(await areDrawn(trx))) await trx.insertInto('reference_cells').values(rows).execute()
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function areDrawn(db: Kysely<Database>): Promise<boolean> {
  const drawn = db.selectFrom('reference_cells').select('id').where('origin', '=', 'drawn')
  return (await drawn.executeTakeFirst()) !== undefined
}

function draw(folder: string): Promise<DrawnReference[]> {
  const { promise, resolve, reject } = Promise.withResolvers<DrawnReference[]>()
  const workerData = { folder, perType: PER_TYPE }
  const worker = new Worker(new URL('./draw-references-worker.ts', import.meta.url), { workerData })
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`Drawing the reference cells ended with code ${code}.`)))
  return promise
}

/** A recogniser that was exchanged sees in the kept pictures what it would compare with. */
async function lookAnew({ db, storage, inference }: Ports, recogniser: string): Promise<void> {
  const old = await db
    .selectFrom('reference_cells')
    .select(['id', 'storage_key'])
    .where('recogniser', '!=', recogniser)
    .execute()
  for (const { id, storage_key } of old) {
    const seen = await inference.recognise(await storage.localPath(storage_key), UM / SIDE, [
      0,
      0,
      SIDE,
      SIDE,
    ])
    const { embedding } = seen
    await db
      .updateTable('reference_cells')
      .set({ recogniser: seen.recogniser, embedding })
      .where('id', '=', id)
      .execute()
  }
}
