import { Readable } from 'node:stream'
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { readAudit } from './read-audit.ts'
import type { AuditFilters, AuditRow } from './schemas.ts'

const PAGE = 500

const COLUMNS: [string, (row: Static<typeof AuditRow>) => unknown][] = [
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
export function auditCsv(db: Kysely<Database>, filters: Static<typeof AuditFilters>, last: number): Readable {
  async function* lines() {
    yield `\ufeff${lineOf(COLUMNS.map(([name]) => name))}`
    for (let before = last + 1; ; ) {
      const rows = await readAudit(db, filters, before, PAGE)
      if (rows.length === 0) return
      yield rows.map((row) => lineOf(COLUMNS.map(([, of]) => of(row)))).join('')
      before = rows.at(-1)!.number
    }
  }
  return Readable.from(lines())
}

/** RFC 4180. A spreadsheet would run what begins like a formula; an apostrophe before it keeps it text. */
function lineOf(values: readonly unknown[]): string {
  const cells = values.map((value) => {
    const text = String(value ?? '')
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  })
  return `${cells.join(',')}\r\n`
}
