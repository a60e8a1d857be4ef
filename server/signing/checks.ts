import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { countedTwice, implausible, NOT_IDENTIFIABLE, type Report } from '../../cytology/index.ts'
import type { CaseCounts } from '../cells/counts-to-sign.ts'
import type { Cases, Database } from '../database/schema.ts'
import { readingOf } from '../readings/readings.ts'
import { fieldChecks } from './field-checks.ts'
import { readerChecks } from './reader-checks.ts'
import { reportOfCase } from './report-of-case.ts'
import type { Check } from './schemas.ts'
import { unprintableIn } from './unprintable.ts'

type Open = Static<typeof Check>

/**
 * What stands between a case and its signature. A cell that a person looked at and left not identifiable is settled;
 * one that only the network could not name is not. `signer`: whose name the report would bear.
 */
export async function checksOf(
  db: Kysely<Database>,
  { id, target, reader_id, reported_count }: Pick<Cases, 'id' | 'target' | 'reader_id' | 'reported_count'>,
  { differential: { counted }, sources }: Pick<CaseCounts, 'differential' | 'sources'>,
  signer: { id: string; name: string },
): Promise<Open[]> {
  const unidentified = await unreviewed(db, id, '=')
  const report = await reportOfCase(db, id)
  const isChosen = reported_count !== null || !countedTwice(sources)
  const checks: Open[] = [
    { code: 'ANALYSIS_RUNNING', blocking: true, count: await running(db, id) },
    { code: 'UNIDENTIFIED_LEFT', blocking: true, count: unidentified },
    { code: 'UNREVIEWED_LEFT', blocking: false, count: await unreviewed(db, id, '!=') },
    { code: 'SECOND_READING_OPEN', blocking: false, count: await openReadings(db, id) },
    { code: 'BELOW_TARGET', blocking: false, count: counted === 0 ? 0 : Math.max(target - counted, 0) },
    ...(await readerChecks(db, { id, reader_id }, signer.id)),
    { code: 'COUNT_NOT_CHOSEN', blocking: false, count: isChosen ? 0 : 1 },
    ...(await fieldChecks(db, id)),
    ...plausibilityChecks(report),
    unprintableIn(report, signer.name),
  ]
  const open = checks.filter(({ count }) => count > 0)
  return counted > 0 ? open : [{ code: 'NOTHING_COUNTED', blocking: true, count: 0 }, ...open]
}

/** What a signer is to accept of the report: by its key, for two phrases may contradict the numbers. */
const plausibilityChecks = (report: Report): Open[] =>
  implausible(report).map(({ code, key, ...numbers }) => ({
    ...{ code, key, blocking: false, count: 1, numbers },
  }))

/** What a signer names to accept a check. */
export const acceptedAs = ({ code, key }: Open): string => key ?? code

async function running(db: Kysely<Database>, caseId: string): Promise<number> {
  const { count } = await db
    .selectFrom('analyses')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('case_id', '=', caseId)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function openReadings(db: Kysely<Database>, caseId: string): Promise<number> {
  return (await readingOf(db, caseId))?.status === 'open' ? 1 : 0
}

async function unreviewed(
  db: Kysely<Database>,
  caseId: string,
  notIdentifiable: '=' | '!=',
): Promise<number> {
  const { count } = await db
    .selectFrom('cells')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .where('reviewed', '=', 0)
    .where('type', notIdentifiable, NOT_IDENTIFIABLE)
    .executeTakeFirstOrThrow()
  return Number(count)
}
