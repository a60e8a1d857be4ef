import type { Kysely } from 'kysely'
import type { Cases, Database } from '../database/schema.ts'

/** What begins a blind reading or ends it: between them its reader saw nothing of the first one. */
const READINGS = ['reading.assign', 'reading.withdraw', 'reading.finish', 'case.sign']
/** What a first reader does; before it there is nothing to be blind to. */
const TOUCHES = [
  'cell.add',
  'cell.change',
  'comment.add',
  'manual_count.write',
  'report_draft.write',
  'reference.keep',
  'case.sign',
]
/** What shows or changes nothing that the first reader found: the case's own data, its images and their analysis. */
const HARMLESS = [
  'case.create',
  'case.read',
  'case.change',
  'reading.list',
  'reading.assign',
  'reading.withdraw',
  'reading.seen',
]
const HARMLESS_NOUNS = ['analysis', 'fault', 'field', 'slide']
/** Reads of more than one case, this one among them. */
const OF_MANY = ['audit.read', 'audit.export', 'patient.follow-up', 'patient.export']

type Case = Pick<Cases, 'id' | 'patient_id'>

/**
 * Whether a person may know what the first reader found in a case, by the audit: has read or changed the case other than
 * blind since it was first touched, or was its first reader at any time. Its order is the audit's, whatever the clock said.
 */
export async function hasSeen(db: Kysely<Database>, of: Case, userId: string): Promise<boolean> {
  let touched = false
  let blind = false
  for (const { event, user_id, case_id, detail } of await rowsOf(db, of, userId)) {
    const own = user_id === userId
    if (own && case_id === of.id && TOUCHES.includes(event) && !blind) return true
    if (READINGS.includes(event) && case_id === of.id) {
      const reader = event === 'reading.assign' ? readerIn(detail) : null
      if (reader !== undefined) blind = reader === userId
    }
    if (['case.create', 'case.change'].includes(event) && readerIn(detail) === userId) return true
    if (own && touched && !blind && !isHarmless(event)) return true
    if (!own || !blind) touched ||= TOUCHES.includes(event)
  }
  return false
}

const isHarmless = (event: string): boolean =>
  HARMLESS.includes(event) || HARMLESS_NOUNS.includes(event.split('.')[0]!)

/** Whom a change made the reader; undefined where it made none. */
function readerIn(detail: string): string | undefined {
  const { after } = JSON.parse(detail) as { after?: { readerId?: string | null } }
  return after?.readerId ?? undefined
}

/** What this person did or read, and what changed in the case, in the order in which it came about. */
async function rowsOf(db: Kysely<Database>, { id, patient_id }: Case, userId: string) {
  const inCase = [...READINGS, ...TOUCHES, 'case.create', 'case.change']
  const rows = (from: 'audit' | 'audit_outbox') =>
    db
      .selectFrom(from)
      .select(['event', 'user_id', 'case_id', 'detail'])
      .where('status', '<', 400)
      .where((e) =>
        e.or([
          e.and([e('case_id', '=', id), e.or([e('user_id', '=', userId), e('event', 'in', inCase)])]),
          e.and([
            e('user_id', '=', userId),
            e('event', 'in', OF_MANY),
            e('case_id', 'is', null),
            e.or([e('patient_id', 'is', null), e('patient_id', '=', patient_id)]),
          ]),
        ]),
      )
  const chained = await rows('audit').orderBy('number').execute()
  return [...chained, ...(await rows('audit_outbox').orderBy('turn').execute())]
}
