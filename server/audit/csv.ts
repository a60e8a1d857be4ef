import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { type CsvValue, csvOf, UTF8_MARK } from '../csv.ts'
import type { Database } from '../database/schema.ts'
import { readAudit } from './read-audit.ts'
import type { AuditFilters, AuditRow } from './schemas.ts'

const PAGE = 500

const COLUMNS: [string, (row: Static<typeof AuditRow>) => CsvValue][] = [
  ['number', (row) => row.number],
  ['time', (row) => new Date(row.at).toISOString()],
  ['user', (row) => row.userName],
  ['user id', (row) => row.userId],
  ['address', (row) => row.ip],
  ['event', (row) => row.event],
  ['status', (row) => row.status],
  ['case', (row) => row.marrowNumber],
  ['case id', (row) => row.caseId],
  ['patient', (row) => row.patientName],
  ['patient id', (row) => row.patientId],
  ['subject id', (row) => row.subjectId],
  ['before', (row) => json(row.detail.before)],
  ['after', (row) => json(row.detail.after)],
  ['query', (row) => json(row.detail.query)],
  ['sha256', (row) => row.sha256],
]

const json = (value: unknown) => (value === undefined ? '' : JSON.stringify(value))

/** What fits the filters up to row `last`, the newest first, a page at a time. Begins with the mark by which spreadsheets know UTF-8. */
export function auditCsv(
  db: Kysely<Database>,
  userId: string,
  filters: Static<typeof AuditFilters>,
  last: number,
): Readable {
  async function* lines() {
    yield UTF8_MARK + csvOf([COLUMNS.map(([name]) => name)])
    for (let before = last + 1; ; ) {
      const rows = await readAudit(db, userId, filters, before, PAGE)
      if (rows.length === 0) return
      yield csvOf(rows.map((row) => COLUMNS.map(([, of]) => of(row))))
      before = rows.at(-1)!.number
      // SQLite answers at once: without it no other request would have its turn before the end.
      await setImmediate()
    }
  }
  return Readable.from(lines())
}
