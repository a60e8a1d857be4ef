import {
  countingRule,
  EMPTY_DRAFT,
  EMPTY_PATIENT,
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
    basis: 'microscope',
    rule: countingRule('icsh_2008'),
    reference: REFERENCE_TABLES[0]!,
    draft: EMPTY_DRAFT,
    models: [],
    corrections: { confirmed: 0, renamed: 0, added: 0, removed: 0, restored: 0, moved: 0, reopened: 0 },
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
