/** Patients, and what finds them. */
import type { Generated } from 'kysely'
import type { Flag, Id, Json, Time } from './columns.ts'

export interface Patients {
  id: Id
  hospital_number: string
  name: string
  sex: 'female' | 'male' | 'unknown'
  birth_date: string | null
  version: number
  created_at: Time
  /** How the name sounds, joined, and the first letters of its syllables; kept by whoever writes the name. */
  pinyin: Generated<string>
  initials: Generated<string>
  archived: Generated<Flag>
  /** The patient of whom this one turned out to be a duplicate. */
  merged_into: Id | null
  /** The hospital number as two are compared (`numberKey`); '' where there is none. */
  hospital_number_key: Generated<string>
}

/** A beginning of one of these finds the patient or, where case_id is not empty, the case. */
export interface SearchTerms {
  term: string
  patient_id: Id
  case_id: Id | ''
}

/** Who changed a patient's data, from what into what. */
export interface PatientChanges {
  id: Id
  patient_id: Id
  user_id: Id | null
  at: Time
  kind: 'edit' | 'archive' | 'unarchive' | 'merge' | 'unmerge' | 'import'
  /** {field: [before, after]} */
  changes: Json
}

/** A duplicate that was put into another patient, with all that is needed to take it out again. */
export interface PatientMerges {
  id: Id
  kept_id: Id
  merged_id: Id
  user_id: Id
  at: Time
  /** Ids of the cases that moved. */
  moved: Json
  /** {column: [before, after]} of what the kept patient took over. */
  filled: Json
  undone_by: Id | null
  undone_at: Time | null
}
