/** One row a case of what the analysis page asks for, so that no question reads the cells; and the exports without identity. */
import type { Kysely } from 'kysely'
import { type Indexes, makeIndex, makeTables, type Tables } from './make-tables.ts'

/** A class that comes later brings its columns with a migration of its own. */
const CLASSES = [
  ...['blast', 'promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil', 'segmented_neutrophil'],
  ...['eosinophil', 'basophil', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast', 'not_identifiable'],
]

const perClass = (what: string) => CLASSES.map((type) => `${what}_${type}:int`).join(' ')

const TABLES: Tables = {
  case_summaries: [
    'specimen_id:key received_on:word status:word site:text190 reader_id:id? diagnosis:text500 synthetic:int',
    'detector:text190 recogniser:text190 signed_at:time? turnaround:time?',
    'cells:int reviewed:int corrected:int doubtful:int counted:int suggested:int summed_at:time',
    'counted_list:text190 suggested_list:text190',
    ...['counted', 'suggested', 'confirmed'].map(perClass),
  ].join(' '),
  case_corrections: 'id specimen_id:id synthetic:int received_on:word suggested:word type:word count:int',
  summaries_due: 'id specimen_id:id',
  research_exports:
    'id created_by:id status:word filter:long images:int cases:int done:int bytes:time storage_key:text190 job_id:id? error:long? created_at:time finished_at:time?',
}

const INDEXES: Indexes = [
  ['case_summaries', ['site']],
  ['case_summaries', ['reader_id', 'received_on']],
  ['case_summaries', ['recogniser']],
  ['case_corrections', ['specimen_id']],
  // Holds all that the matrix of a period needs.
  ['case_corrections', ['synthetic', 'received_on', 'suggested', 'type', 'count']],
  ['research_exports', ['created_by']],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db, TABLES, [], INDEXES)
  // Hold all that a period's figures need, so that its cases are not read; named by hand, for MySQL takes 64 letters.
  const period = ['cells', 'reviewed', 'corrected', 'doubtful', 'signed_at', 'turnaround']
  const confirmed = CLASSES.map((type) => `confirmed_${type}`)
  for (const [name, columns] of Object.entries({ period, confirmed })) {
    const all = ['received_on', 'synthetic', ...columns]
    await makeIndex(db, 'case_summaries', `case_summaries_${name}`, all)
  }
}
