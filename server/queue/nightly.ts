import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Queue } from './queue.ts'

/** One job of this kind is always waiting, for the next night at the latest. `hour`: of the server's day. */
export async function planNight(
  { db, queue }: { db: Kysely<Database>; queue: Queue },
  kind: string,
  hour: number,
  payload: () => unknown,
): Promise<void> {
  const night = new Date()
  night.setHours(hour, 0, 0, 0)
  if (night.getTime() <= Date.now()) night.setDate(night.getDate() + 1)
  const at = night.getTime()
  if ((await nextNight(db, kind)) === null) await queue.add(kind, payload(), at)
  await db
    .updateTable('jobs')
    .set({ run_at: at })
    .where('kind', '=', kind)
    .where('status', '=', 'waiting')
    .where('run_at', '>', at)
    .execute()
}

/** When the next job of this kind begins, ms; null where none waits. */
export async function nextNight(db: Kysely<Database>, kind: string): Promise<number | null> {
  const row = await db
    .selectFrom('jobs')
    .select('run_at')
    .where('kind', '=', kind)
    .where('status', '=', 'waiting')
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row ? Number(row.run_at) : null
}
