import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { numberKey, patientDataOf } from '../../../cytology/index.ts'
import { siteSettings } from '../../accounts/site-settings.ts'
import { record } from '../../audit/record.ts'
import { insertCases, USUAL_STAIN } from '../../case-lock/cases.ts'
import { ruleForNewCase } from '../../counting-rules/choose-rule.ts'
import { isDuplicate } from '../../database/is-duplicate.ts'
import type { Database, SearchTerms } from '../../database/schema.ts'
import { localDay } from '../../local-day.ts'
import { insertTerms, termsOfCase } from '../../search/save-terms.ts'
import { patientTerms } from '../../search/terms.ts'
import { writePatient } from '../change-patient.ts'
import { columnsOf, holdPatients } from '../patient-row.ts'
import { readKnown } from './known.ts'
import { type NewCase, type Person, type Plan, planImport } from './plan.ts'
import { type Fault, type ReadRow, readRow, shortened } from './read-row.ts'
import type { ImportAnswer, ImportRow } from './schemas.ts'

type Rows = readonly Static<typeof ImportRow>[]
type Answer = Static<typeof ImportAnswer>

/** What writing these rows would do; nothing is written. */
export async function checkRows(db: Kysely<Database>, given: Rows): Promise<Answer> {
  const { rows, faults } = readAll(given)
  return answer(planImport(rows, await readKnown(db, rows)), faults)
}

/** Writes what is right in these rows, in one transaction, and tells what was wrong with the others. */
export async function importRows(db: Kysely<Database>, userId: string, given: Rows): Promise<Answer> {
  const { rows, faults } = readAll(given)
  return answer(await write(db, userId, rows), faults)
}

function readAll(given: Rows): { rows: ReadRow[]; faults: Fault[] } {
  const read = given.map((row) => readRow(row, localDay()))
  return {
    rows: read.filter((one): one is ReadRow => !Array.isArray(one)),
    faults: read.filter((one) => Array.isArray(one)).flat(),
  }
}

function answer({ faults, people, cases, known }: Plan, unread: Fault[]): Answer {
  const added = people.filter(({ isNew }) => isNew).length
  return {
    faults: [...unread, ...faults].sort((a, b) => a.row - b.row),
    patients: added,
    cases: cases.length,
    known,
    completed: people.length - added,
  }
}

async function write(db: Kysely<Database>, userId: string, rows: ReadRow[]): Promise<Plan> {
  try {
    return await db.transaction().execute(async (trx) => {
      const plan = await holdAndPlan(trx, rows)
      await addPeople(trx, plan.people)
      for (const person of plan.people) {
        if (!person.isNew) await writePatient(trx, person.id, userId, 'import', patientDataOf(person))
      }
      await addCases(trx, userId, plan.cases)
      const added = plan.people.filter(({ isNew }) => isNew).map(({ id }) => id)
      const after = { patients: added, cases: plan.cases.length }
      await record(trx, { event: 'import.write', userId, after })
      return plan
    })
  } catch (error) {
    // Someone took one of the marrow numbers at the same time, or the database holds two signs for the same.
    if (!isDuplicate(error)) throw error
    return rows.length === 1 ? taken(rows[0]!) : oneByOne(db, userId, rows)
  }
}

/** The plan, every known patient of which is held: none is erased or merged into another before the transaction ends. */
async function holdAndPlan(trx: Transaction<Database>, rows: readonly ReadRow[]): Promise<Plan> {
  const held = new Set<string>()
  for (;;) {
    const plan = planImport(rows, await readKnown(trx, rows))
    const people = [...plan.people, ...plan.cases.map(({ person }) => person)]
    const open = new Set(people.filter(({ id, isNew }) => !isNew && !held.has(id)).map(({ id }) => id))
    if (open.size === 0) return plan
    await holdPatients(trx, open)
    // Until they were held they could change, so the same question may have another answer now.
    for (const id of open) held.add(id)
  }
}

async function oneByOne(db: Kysely<Database>, userId: string, rows: ReadRow[]): Promise<Plan> {
  const all: Plan = { faults: [], people: [], cases: [], known: 0 }
  for (const row of rows) {
    const { faults, people, cases, known } = await write(db, userId, [row])
    all.faults.push(...faults)
    all.people.push(...people)
    all.cases.push(...cases)
    all.known += known
  }
  return all
}

const taken = ({ row, marrowNumber }: ReadRow): Plan => ({
  faults: [{ row, field: 'marrowNumber', code: 'MARROW_NUMBER_TAKEN', found: shortened(marrowNumber) }],
  people: [],
  cases: [],
  known: 0,
})

async function addPeople(trx: Transaction<Database>, people: readonly Person[]): Promise<void> {
  const added = people.filter(({ isNew }) => isNew)
  if (added.length === 0) return
  const at = Date.now()
  const rows = added.map((person) => ({
    id: person.id,
    ...columnsOf(person),
    version: 1,
    created_at: at,
  }))
  await trx.insertInto('patients').values(rows).execute()
  const terms = added.flatMap(({ id, name, hospitalNumber }) =>
    patientTerms({ name, hospitalNumber }).map(
      (term): SearchTerms => ({ term, patient_id: id, case_id: '' }),
    ),
  )
  await insertTerms(trx, terms)
}

async function addCases(
  trx: Transaction<Database>,
  userId: string,
  cases: readonly NewCase[],
): Promise<void> {
  if (cases.length === 0) return
  const { target } = await siteSettings(trx)
  const rule = await ruleForNewCase(trx)
  const rows = cases.map(({ id, person, row }) => ({
    id,
    patient_id: person.id,
    marrow_number: row.marrowNumber,
    marrow_number_key: numberKey(row.marrowNumber),
    site: row.site,
    stain: USUAL_STAIN,
    clinical_note: row.clinicalNote,
    received_on: row.receivedOn ?? localDay(),
    target,
    counting_rule: rule.id,
    counting_rule_version: rule.version,
    me_rule: rule.meRule.id,
    reader_id: null,
    synthetic: 0 as const,
    diagnosis: row.diagnosis,
    archived: person.archived,
  }))
  await insertCases(trx, userId, Date.now(), rows)
  await insertTerms(trx, rows.flatMap(termsOfCase))
}
