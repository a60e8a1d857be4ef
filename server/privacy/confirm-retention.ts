import type { Static } from 'typebox'
import { record } from '../audit/record.ts'
import { refuseDoubtfulClock } from '../clock/clock-doubt.ts'
import { conflict } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { countDue, readDue } from './retention-asks.ts'
import { retentionRules } from './retention-rules.ts'
import { queueConfirmed } from './retention-worker.ts'
import type { ConfirmRetention } from './schemas.ts'

/** ms for which what a person has seen may be confirmed. */
const FRESH = 3_600_000

/**
 * A person who has seen what would go says that it may; it is begun at once.
 *
 * Errors: CLOCK_IN_DOUBT; CHANGED_MEANWHILE where it is not what was seen, or was seen too long ago.
 */
export async function confirmDue(
  ports: Ports,
  seen: Omit<Static<typeof ConfirmRetention>, 'password'>,
): Promise<void> {
  const { db } = ports
  await refuseDoubtfulClock(db)
  const rules = await retentionRules(db)
  const { at, version, cases, patients } = seen
  const due = await countDue(db, rules, at)
  const isFresh = at <= Date.now() && at > Date.now() - FRESH
  if (!isFresh || version !== rules.version || due.cases !== cases || due.patients !== patients) {
    throw conflict('list', await readDue(db))
  }
  const confirmed = { at, version, cases, patients }
  await db.transaction().execute(async (trx) => {
    await record(trx, { event: 'retention.confirm', after: confirmed })
    await trx.deleteFrom('retention_runs').where('status', '=', 'asking').execute()
    await queueConfirmed(ports, confirmed, trx)
  })
}
