/**
 * How the review of a cell came about: by an act on it alone, or together with others. Of what was reviewed before this is not
 * known, and so it stays: summaries of before are right with none of either.
 */
import { addColumn, dropIndex, makeIndex } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

/** A class that comes later brings its columns with a migration of its own. */
const CLASSES = [
  ...['blast', 'promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil', 'segmented_neutrophil'],
  ...['eosinophil', 'basophil', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast', 'not_identifiable'],
]
const SINGLY = CLASSES.map((type) => `singly_${type}`)
const SUMS = ['singly', 'together', 'corrected_singly']

/** Each holds all that a question needs, so that no row is read; named by hand, for MySQL takes 64 letters. */
const INDEXES = [
  [
    ...['case_summaries', 'reviews', 'received_on', 'synthetic', 'cells', 'reviewed', 'corrected'],
    ...[...SUMS, 'doubtful', 'signed_at', 'turnaround'],
  ],
  ['case_summaries', 'singly', 'received_on', 'synthetic', ...SINGLY],
  [
    ...['case_corrections', 'sums', 'suggested', 'type', 'synthetic', 'received_on'],
    ...['case_id', 'count', 'singly'],
  ],
  ['case_corrections', 'sums_of_case', 'case_id', 'suggested', 'type', 'count', 'singly'],
] as [string, string, ...string[]][]
const OLD = [
  ['case_summaries', 'case_summaries_period'],
  ['case_corrections', 'case_corrections_pairs'],
  ['case_corrections', 'case_corrections_of_case'],
] as const

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'cells', 'confirmed', 'word')
  await addColumn(db, 'second_reading_cells', 'confirmed', 'word')
  for (const column of [...SUMS, ...SINGLY]) await addColumn(db, 'case_summaries', column, 'int', 0)
  await addColumn(db, 'case_corrections', 'singly', 'int', 0)
  for (const [table, name, ...columns] of INDEXES) await makeIndex(db, table, `${table}_${name}`, columns)
  for (const [table, name] of OLD) await dropIndex(db, table, name)
}
