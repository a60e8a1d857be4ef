import { Type } from 'typebox'
import { PATIENT_FIELD_NAMES } from '../../../cytology/index.ts'

/** A row of a file, each field as the text that stands there; what the file has no column for is empty or left out. */
const Cell = Type.String({ maxLength: 20_000 })
export const IMPORT_FIELDS = [
  ...PATIENT_FIELD_NAMES,
  'marrowNumber',
  'site',
  'receivedOn',
  'diagnosis',
  'clinicalNote',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

export const ImportRow = Type.Object({
  row: Type.Integer({ minimum: 1, description: 'its number in the file; answered with its faults' }),
  ...Type.Partial(
    Type.Object(
      Object.fromEntries(IMPORT_FIELDS.map((field) => [field, Cell])) as Record<ImportField, typeof Cell>,
    ),
  ).properties,
})
export const ImportRows = Type.Object({ rows: Type.Array(ImportRow, { minItems: 1, maxItems: 500 }) })

const FAULTS = [
  'NAME_MISSING',
  'TOO_LONG',
  'NOT_TEXT',
  'SEX_NOT_KNOWN',
  'DATE_IMPOSSIBLE',
  'DATE_IN_FUTURE',
  'BORN_AFTER_RECEIVED',
  'OTHER_NAME',
  'OTHER_PERSON',
  'MARROW_NUMBER_TAKEN',
  'NUMBER_TWICE',
  'NUMBER_DAMAGED',
  'ZEROS_LOST',
  'ROW_TWICE',
] as const
export const ImportFault = Type.Object({
  row: Type.Integer(),
  field: Type.Enum([...IMPORT_FIELDS]),
  code: Type.Enum([...FAULTS]),
  found: Type.String({ description: 'what stands there, or what contradicts it; shortened' }),
})
/** What was, or would be, written. */
export const ImportAnswer = Type.Object({
  faults: Type.Array(ImportFault),
  patients: Type.Integer({ description: 'new' }),
  cases: Type.Integer({ description: 'new' }),
  known: Type.Integer({ description: 'rows that say nothing new' }),
  completed: Type.Integer({ description: 'patients that took over what they lacked' }),
})
