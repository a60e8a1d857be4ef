import { PATIENT_FIELD_NAMES, PATIENT_FIELDS, type PatientField } from '../../cytology/index.ts'
import type { Case } from '../api/types.ts'
import { type PatientForm, patientFormOf, patientOfForm } from '../patients/patient-form.ts'

/** What a person says of a case, flat as on the form. */
export interface CaseForm extends PatientForm {
  marrowNumber: string
  site: string
  stain: string
  receivedOn: string
  diagnosis: string
  clinicalNote: string
  requester: string
  target: number
  /** Empty until it is known which one new cases get. */
  countingRule: string
  countingRuleVersion: number
  meRule: string
  /** Empty where nobody is named. */
  readerId: string
}

export type CaseKey = keyof CaseForm

const CASE_KEYS = [
  'marrowNumber',
  ...PATIENT_FIELD_NAMES,
  'site',
  'stain',
  'receivedOn',
  'diagnosis',
  'clinicalNote',
  'requester',
  'target',
  'countingRule',
  'countingRuleVersion',
  'meRule',
  'readerId',
] as const satisfies readonly CaseKey[]

export function emptyForm(): CaseForm {
  return {
    ...patientFormOf({}),
    marrowNumber: '',
    site: '',
    stain: 'Wright-Giemsa',
    receivedOn: new Date().toLocaleDateString('sv'),
    diagnosis: '',
    clinicalNote: '',
    requester: '',
    target: 500,
    countingRule: '',
    countingRuleVersion: 0,
    meRule: '',
    readerId: '',
  }
}

export const formOf = ({ patient, ...about }: Case): CaseForm => ({
  ...patientFormOf(patient),
  marrowNumber: about.marrowNumber,
  site: about.site,
  stain: about.stain,
  receivedOn: about.receivedOn,
  diagnosis: about.diagnosis,
  clinicalNote: about.clinicalNote,
  requester: about.requester,
  target: about.target,
  countingRule: about.countingRule,
  countingRuleVersion: about.countingRuleVersion,
  meRule: about.meRule,
  readerId: about.readerId ?? '',
})

/** The form as the API takes a whole case. */
export const bodyOf = (form: CaseForm) => {
  const { readerId, ...about } = form
  const rest = Object.fromEntries(Object.entries(about).filter(([key]) => !(key in PATIENT_FIELDS)))
  return {
    ...(rest as Omit<typeof about, PatientField>),
    patient: patientOfForm(form),
    readerId: readerId || null,
  }
}

/** As the API takes a new case, which gets the newest version of its rule, and the site's default where none was chosen. */
export function newCaseOf(form: CaseForm) {
  const { countingRule, countingRuleVersion: _, meRule, ...rest } = bodyOf(form)
  return countingRule ? { ...rest, countingRule, meRule } : rest
}

export const changedKeys = (before: CaseForm, now: CaseForm): CaseKey[] =>
  CASE_KEYS.filter((key) => before[key] !== now[key])

/** Only what was changed since `seen`; a patient is told whole. */
export function patchOf(seen: CaseForm, form: CaseForm): Partial<ReturnType<typeof bodyOf>> {
  const body = bodyOf(form)
  const keys = changedKeys(seen, form)
  const named = keys.some((key) => key in PATIENT_FIELDS) ? ['patient'] : []
  const wanted = new Set<string>([...named, ...keys])
  // Another rule comes in the version that is offered.
  if (wanted.has('countingRule')) wanted.delete('countingRuleVersion')
  return Object.fromEntries(Object.entries(body).filter(([key]) => wanted.has(key)))
}

/** What others changed since `seen` to something else than stands on the form. */
export interface Difference {
  key: CaseKey
  mine: CaseForm[CaseKey]
  theirs: CaseForm[CaseKey]
  /** I changed it too. */
  contested: boolean
}

export const differences = (seen: CaseForm, mine: CaseForm, theirs: CaseForm): Difference[] =>
  CASE_KEYS.filter((key) => theirs[key] !== seen[key] && theirs[key] !== mine[key]).map((key) => ({
    key,
    mine: mine[key],
    theirs: theirs[key],
    contested: mine[key] !== seen[key],
  }))

/** Their case with my changes on top: all of mine, or those that they left alone. */
export function onTopOf(seen: CaseForm, mine: CaseForm, theirs: CaseForm, keep: 'mine' | 'theirs'): CaseForm {
  const given = CASE_KEYS.filter(
    (key) => mine[key] !== seen[key] && (keep === 'mine' || theirs[key] === seen[key]),
  )
  return { ...theirs, ...Object.fromEntries(given.map((key) => [key, mine[key]])) }
}
