import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Ports } from '../ports.ts'
import { planNight } from '../queue/nightly.ts'
import { checkWhole } from './original.ts'

/** The kind of its jobs. */
export const KIND = 'image-check'
/** Hour of the server's day, after the nightly work of retention. */
const HOUR = 4
/** Nights in which every image is read once. */
const NIGHTS = 30
/** Images a night at least. */
const LEAST = 100

type Port = Pick<Ports, 'db' | 'storage' | 'queue' | 'events'>

/** Every night reads a portion of the images whole, and compares each with the SHA-256 of when it was accepted. */
export async function startImageChecks(ports: Port, failed: (error: unknown) => void): Promise<void> {
  await plan(ports).catch(failed)
  ports.queue.work(KIND, async (_, signal) => {
    // First, so that a night that fails ends no nights to come.
    await plan(ports)
    await checkPortion(ports, signal)
  })
}

const plan = (ports: Port) => planNight(ports, KIND, HOUR, () => ({}))

/** Those that were found damaged, which may have been restored, then those that were not read for longest. */
export async function checkPortion(ports: Port, signal: AbortSignal): Promise<void> {
  const { db } = ports
  const { n } = await kept(db)
    .select((e) => e.fn.countAll().as('n'))
    .executeTakeFirstOrThrow()
  const damaged = await kept(db).select('fields.id').where('image_fault', 'is not', null).execute()
  const oldest = await kept(db)
    .select('fields.id')
    .where('image_fault', 'is', null)
    .orderBy('image_checked_at')
    .orderBy('fields.id')
    .limit(Math.max(LEAST, Math.ceil(Number(n) / NIGHTS)))
    .execute()
  for (const { id } of [...damaged, ...oldest]) {
    signal.throwIfAborted()
    await checkWhole(ports, id)
  }
}

/** The fields whose images are to be there: the others' were removed on purpose. */
export const kept = (db: Kysely<Database>) =>
  db
    .selectFrom('fields')
    .innerJoin('cases', 'cases.id', 'fields.case_id')
    .where('cases.images_removed_at', 'is', null)
