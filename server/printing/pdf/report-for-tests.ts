import {
  CORRECTION_KINDS,
  type Corrections,
  countingRule,
  EMPTY_DRAFT,
  EMPTY_PATIENT,
  NO_NAMES,
  REFERENCE_TABLES,
  type Report,
  type ReportInput,
  reportOf,
} from '../../../cytology/index.ts'

/** A small report of ten cells, unsigned, but for what is `own` to a test. */
export function reportForTests(own: Partial<ReportInput>): Report {
  return reportOf({
    case: caseForTests({}),
    patient: { ...EMPTY_PATIENT, name: '李雷', sex: 'male', birthDate: null, hospitalNumber: '' },
    counts: { blast: 1, erythroblast: 9 },
    names: { list: [], cells: NO_NAMES },
    basis: 'microscope',
    rule: countingRule('icsh_2008'),
    reference: REFERENCE_TABLES[0]!,
    draft: EMPTY_DRAFT,
    models: [],
    corrections: Object.fromEntries(CORRECTION_KINDS.map((kind) => [kind, 0])) as Corrections,
    familiarity: null,
    howConfirmed: null,
    agreement: null,
    readerName: null,
    signature: null,
    addenda: [],
    ...own,
  })
}

/** The case of that report, but for what is `own` to a test. */
export const caseForTests = (own: Partial<ReportInput['case']>): ReportInput['case'] => ({
  ...{ marrowNumber: 'BM-7', site: '', stain: '', clinicalNote: '', receivedOn: '2026-01-01' },
  ...{ target: 200, synthetic: false },
  ...own,
})
