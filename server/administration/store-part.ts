import { join } from 'node:path'
import { siteSize, whoStored } from '../fields/site-size.ts'
import type { Ports } from '../ports.ts'
import { folderSize } from '../storage/folder-size.ts'
import type { Room } from '../storage/storage.ts'
import { type Code, type Part, part } from './part.ts'

/** Bytes; a day of a busy laboratory, some hundred cases of ten fields, still finds room. */
export const LOW = 10e9
/** Bytes; below it a large upload, or the database itself, may find none. */
export const FULL = 0.5e9
/** Originals that are looked for: so many of the oldest and so many of the newest. */
const LOOK = 3

/** Share of a limit from which it is told. */
const NEAR = 0.9
/** People who are named. */
const NAMED = 5

type Port = Pick<Ports, 'db' | 'storage' | 'config'>

export async function storePart(ports: Port): Promise<Part> {
  let room: Room | null
  try {
    room = await ports.storage.check()
  } catch (error) {
    return part('store', 'STORE_AWAY', { message: (error as Error).message })
  }
  const values = { freeBytes: room?.free ?? null, totalBytes: room?.total ?? null }
  // A folder that was lost, or a disk that is not mounted, leaves an empty one that can be written very well.
  const { looked, lost } = await lostOriginals(ports)
  if (lost > 0) return part('store', 'STORE_LACKS', { ...values, lost, looked })
  const judged = judgeRoom(room)
  if (judged === 'STORE_FULL') return part('store', judged, values)
  return (await nearLimits(ports)) ?? part('store', judged, values)
}

/** Of the limits that whoever runs the server has set. */
async function nearLimits({ db, config }: Port): Promise<Part | undefined> {
  const { storedOfSite, storedOfPerson } = config.limits
  if (Number.isFinite(storedOfSite)) {
    const { bytes: uploads } = await folderSize(join(config.dataFolder, 'uploads'))
    const usedBytes = (await siteSize(config)).bytes + uploads
    const values = { usedBytes, limitBytes: storedOfSite }
    if (usedBytes >= storedOfSite) return part('store', 'STORE_AT_LIMIT', values)
    if (usedBytes >= NEAR * storedOfSite) return part('store', 'STORE_NEAR_LIMIT', values)
  }
  if (!Number.isFinite(storedOfPerson)) return undefined
  const people = await whoStored(db, NEAR * storedOfPerson)
  if (people.length === 0) return undefined
  const who = people
    .slice(0, NAMED)
    .map(({ name, bytes }) => `${name} ${Math.round((100 * bytes) / storedOfPerson)} %`)
    .join(', ')
  return part('store', 'STORE_PEOPLE_NEAR', { people: people.length, who, limitBytes: storedOfPerson })
}

export function judgeRoom(room: Room | null): Code {
  if (room === null || room.free >= LOW) return 'STORE_OK'
  return room.free >= FULL ? 'STORE_LOW' : 'STORE_FULL'
}

async function lostOriginals({ db, storage }: Port): Promise<{ looked: number; lost: number }> {
  const some = (order: 'asc' | 'desc') =>
    db
      .selectFrom('fields')
      .select('storage_key')
      // The others' files are gone on purpose.
      .where((e) =>
        e.exists(
          e
            .selectFrom('cases')
            .select('cases.id')
            .whereRef('cases.id', '=', 'fields.case_id')
            .where('images_removed_at', 'is', null),
        ),
      )
      .orderBy('fields.id', order)
      .limit(LOOK)
      .execute()
  const keys = new Set([...(await some('asc')), ...(await some('desc'))].map((row) => row.storage_key))
  let lost = 0
  for (const key of keys) {
    try {
      await storage.localPath(key)
    } catch {
      lost += 1
    }
  }
  return { looked: keys.size, lost }
}
