import { PATIENT_FIELD_NAMES, PATIENT_FIELDS, type PatientField } from '../../../cytology/index.ts'

/** What a row of a file may say, and what columns of that kind are called. */
export const FIELDS = [
  ...PATIENT_FIELD_NAMES,
  'marrowNumber',
  'site',
  'receivedOn',
  'diagnosis',
  'clinicalNote',
] as const
export type Field = (typeof FIELDS)[number]
/** By field, the number of its column from 0; a field that is not here has none. */
export type Mapping = Partial<Record<Field, number>>

/** As hospital systems and laboratories head their columns, without spaces, signs and case. */
const HEADERS: Record<Exclude<Field, PatientField>, readonly string[]> = {
  marrowNumber: [
    ...['骨髓号', '骨髓编号', '涂片号', '标本号', '标本编号', '检验号', 'marrownumber', 'marrowno'],
    ...['specimennumber', 'specimen', 'specimenid', 'casenumber', 'case', 'accession', 'accessionnumber'],
  ],
  site: ['取材部位', '穿刺部位', '采集部位', '部位', 'site', 'aspirationsite'],
  receivedOn: [
    ...[
      '取材日期',
      '送检日期',
      '收到日期',
      '接收日期',
      '采集日期',
      '检查日期',
      '日期',
      'received',
      'receivedon',
    ],
    ...['date', 'datereceived', 'collected', 'collectiondate'],
  ],
  diagnosis: ['临床诊断', '诊断', '初步诊断', 'diagnosis', 'clinicaldiagnosis'],
  clinicalNote: [
    '临床信息',
    '病史',
    '临床资料',
    '备注',
    'note',
    'notes',
    'clinicalnote',
    'history',
    'remarks',
  ],
}

const headersOf = (field: Field): readonly string[] =>
  field in PATIENT_FIELDS
    ? PATIENT_FIELDS[field as PatientField].headings
    : HEADERS[field as keyof typeof HEADERS]

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Whether a text is what some column is called. */
export const isHeading = (text: string): boolean =>
  FIELDS.some((field) => headersOf(field).includes(bare(text)))

/** Which column says what, by its header; a person may change it. Each column is taken once, the surest field first. */
export function matchColumns(header: readonly string[]): Mapping {
  const names = header.map(bare)
  const taken = new Set<number>()
  const mapping: Mapping = {}
  const match = (is: (name: string, word: string) => boolean) => {
    for (const field of FIELDS) {
      if (mapping[field] !== undefined) continue
      const word = headersOf(field).find((one) => names.some((name, i) => !taken.has(i) && is(name, one)))
      if (word === undefined) continue
      mapping[field] = names.findIndex((name, i) => !taken.has(i) && is(name, word))
      taken.add(mapping[field])
    }
  }
  match((name, word) => name === word)
  // 姓名（必填）, Date of birth (YYYY-MM-DD); only words long enough not to begin another
  match((name, word) => word.length >= (/\p{Script=Han}/u.test(word) ? 2 : 4) && name.startsWith(word))
  return mapping
}

export type ImportRow = { row: number } & Record<Field, string>

/** A row with what stands in its columns; a field without a column is empty. */
export const rowOf = ({ row, cells }: { row: number; cells: string[] }, mapping: Mapping): ImportRow => ({
  row,
  ...(Object.fromEntries(
    FIELDS.map((field) => [field, mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '')]),
  ) as Record<Field, string>),
})
