/** A part of the site as an administrator sees it: how it is, and what that is judged by. */
import { type Static, Type } from 'typebox'

export type State = 'ok' | 'attention' | 'broken'

/** All that can be said of a part, and how grave it is. The pages have a sentence, and what to do, for each. */
const CODES = {
  DATABASE_OK: 'ok',
  DATABASE_SLOW: 'attention',
  DATABASE_BEHIND: 'broken',
  DATABASE_GONE: 'broken',
  DATABASE_AWAY: 'broken',
  STORE_OK: 'ok',
  STORE_LOW: 'attention',
  STORE_FULL: 'broken',
  STORE_NEAR_LIMIT: 'attention',
  STORE_AT_LIMIT: 'broken',
  STORE_PEOPLE_NEAR: 'attention',
  STORE_LACKS: 'broken',
  STORE_AWAY: 'broken',
  NETWORKS_OK: 'ok',
  NETWORKS_IDLE: 'ok',
  NETWORKS_STUCK: 'attention',
  NETWORKS_FAILED: 'attention',
  NETWORKS_RESTART: 'attention',
  NETWORKS_MISSING: 'broken',
  QUEUE_OK: 'ok',
  QUEUE_FAILED: 'attention',
  QUEUE_SLOW: 'attention',
  AUDIT_OK: 'ok',
  AUDIT_UNVERIFIED: 'attention',
  AUDIT_OLD: 'attention',
  AUDIT_AWAY: 'broken',
  AUDIT_BROKEN: 'broken',
  BACKUP_OK: 'ok',
  BACKUP_OLD: 'attention',
  BACKUP_NEVER: 'attention',
  CLOCK_OK: 'ok',
  CLOCK_APART: 'attention',
  CLOCK_BACK: 'broken',
  CLOCK_AHEAD: 'broken',
  RETENTION_OFF: 'ok',
  RETENTION_OK: 'ok',
  RETENTION_FAILED: 'attention',
  RETENTION_ASKS: 'attention',
  IMAGES_OK: 'ok',
  IMAGES_UNCHECKED: 'attention',
  IMAGES_DAMAGED: 'broken',
  MEMORY_OK: 'ok',
  MEMORY_LOW: 'attention',
  CONNECTION_OK: 'ok',
  CONNECTION_LOCAL: 'ok',
  CONNECTION_OPEN: 'attention',
  /** Of any part that is kept in the database, while the database does not answer. */
  NOT_KNOWN: 'attention',
} as const satisfies Record<string, State>
export type Code = keyof typeof CODES

const PARTS = [
  'database',
  'store',
  'images',
  'networks',
  'queue',
  'audit',
  'backup',
  'clock',
  'retention',
  'memory',
  'connection',
] as const

export const Part = Type.Object({
  part: Type.Enum([...PARTS]),
  state: Type.Enum(['ok', 'attention', 'broken']),
  code: Type.Enum(Object.keys(CODES) as Code[], { description: 'what is said of it' }),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]), {
    description: 'what it is judged by; …Ms a duration, …At ms since 1970 UTC, …Bytes bytes',
  }),
})
export type Part = Static<typeof Part>

export const part = (name: Part['part'], code: Code, values: Part['values'] = {}): Part => ({
  part: name,
  state: CODES[code],
  code,
  values,
})
