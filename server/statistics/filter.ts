import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { CELL_TYPES } from '../../cytology/index.ts'
import { Id } from '../api/common.ts'
import { CellNameId } from '../cell-names/schemas.ts'
import { CASE_STATUSES, type Database } from '../database/schema.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Percent = Type.Number({ minimum: 0, maximum: 100 })

/** Which cases a question is about; what is not given leaves nothing out, but for synthetic cases. */
export const filterProperties = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  site: Type.Optional(Type.String({ maxLength: 190 })),
  diagnosis: Type.Optional(Type.String({ maxLength: 100, description: 'part of the text, any case' })),
  reader: Type.Optional(Type.Union([Type.Literal('none'), Id])),
  status: Type.Optional(Type.Enum([...CASE_STATUSES])),
  recogniser: Type.Optional(Type.String({ maxLength: 190, description: 'name and version' })),
  type: Type.Optional(Type.Enum([...CELL_TYPES], { description: 'the type that atLeast and atMost bound' })),
  atLeast: Type.Optional(Percent),
  atMost: Type.Optional(Percent),
  /** A finer name or a tag that some cell of the case bears, by its id. */
  name: Type.Optional(CellNameId),
  synthetic: Type.Optional(Type.Boolean({ description: 'with cases that the program drew' })),
}
export const Filter = Type.Object(filterProperties)
export const ReviewedFilter = Type.Object({
  ...filterProperties,
  confirmed: Type.Optional(
    Type.Literal('singly', { description: 'only the cells that were confirmed one by one' }),
  ),
})
export type CaseFilter = Static<typeof Filter>

/** A filter in the name of a person: `blind` are the cases that this person reads blind and must not learn of. */
export interface Scope {
  filter: CaseFilter
  blind: readonly string[]
}

/** Which reviewed cells a question is about: all, or those that were confirmed one by one. */
export type Which = 'all' | 'singly'

/** The summaries of the cases that are asked for. */
export function chosenCases(db: Kysely<Database>, { filter, blind }: Scope) {
  const { from, to, site, diagnosis, reader, status, recogniser, type, atLeast, atMost, name } = filter
  let cases = db.selectFrom('case_summaries')
  if (!filter.synthetic) cases = cases.where('case_summaries.synthetic', '=', 0)
  if (from) cases = cases.where('case_summaries.received_on', '>=', from)
  if (to) cases = cases.where('case_summaries.received_on', '<=', to)
  if (site !== undefined) cases = cases.where('site', '=', site)
  if (status) cases = cases.where('case_summaries.status', '=', status)
  if (recogniser !== undefined) cases = cases.where('recogniser', '=', recogniser)
  if (reader === 'none') cases = cases.where('case_summaries.reader_id', 'is', null)
  else if (reader) cases = cases.where('case_summaries.reader_id', '=', reader)
  if (diagnosis) {
    const pattern = `%${diagnosis.replace(/[!%_]/g, '!$&')}%`
    // Both by the database: SQLite's lower() knows the letters of ASCII alone, and 'Ödem' must still find itself.
    cases = cases.where(sql<boolean>`lower(diagnosis) like lower(${pattern}) escape '!'`)
  }
  if (type && (atLeast !== undefined || atMost !== undefined)) {
    const percent = percentOf(type)
    cases = cases.where('counted', '>', 0)
    if (atLeast !== undefined) cases = cases.where(percent, '>=', atLeast)
    if (atMost !== undefined) cases = cases.where(percent, '<=', atMost)
  }
  if (name !== undefined) {
    cases = cases.where('case_summaries.case_id', 'in', (eb) =>
      eb.selectFrom('case_names').select('case_names.case_id').where('case_names.name', '=', name),
    )
  }
  if (blind.length > 0) cases = cases.where('case_summaries.case_id', 'not in', blind)
  return cases
}

/** Cases whose reported count is of the cells that the model looked at; a count at the microscope is of others. */
export const countedInImages = (eb: ExpressionBuilder<Database, 'case_summaries'>) =>
  eb.or([eb('counted_from', 'is', null), eb('counted_from', '=', 'images')])

/** 0…100 of the cells that are counted; NULL in a case without any. 1e2 makes it no decimal number on MySQL. */
export const percentOf = (type: string, what: 'counted' | 'suggested' = 'counted') =>
  sql<number>`${sql.ref(`${what}_${type}`)} * 1e2 / ${sql.ref(what)}`

/** The corrections within the cases that are asked for; a period alone is answered from an index, without their summaries. */
export function chosenCorrections(db: Kysely<Database>, scope: Scope) {
  const { from, to, synthetic, ...others } = scope.filter
  const all = db.selectFrom('case_corrections')
  if (Object.values(others).every((value) => value === undefined)) {
    let found = all
    if (!synthetic) found = found.where('case_corrections.synthetic', '=', 0)
    if (from) found = found.where('case_corrections.received_on', '>=', from)
    if (to) found = found.where('case_corrections.received_on', '<=', to)
    return scope.blind.length > 0 ? found.where('case_id', 'not in', scope.blind) : found
  }
  const cases = chosenCases(db, scope).select('case_summaries.case_id')
  return all.where('case_corrections.case_id', 'in', cases)
}
