/** Cases with their images and what the networks did with them. */
import type { Generated } from 'kysely'
import type { Flag, Id, Json, Time } from './columns.ts'

export const CASE_STATUSES = ['pending', 'analysing', 'in_review', 'signed', 'addended'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** One aspirate; what the screens call a case. */
export interface Cases {
  id: Id
  patient_id: Id
  marrow_number: string
  site: string
  stain: string
  clinical_note: string
  received_on: string
  status: CaseStatus
  target: number
  counting_rule: string
  /** One of ME_RULES in cytology/, or that of the counting rule. */
  me_rule: string
  reader_id: Id | null
  synthetic: Flag
  version: number
  created_by: Id
  created_at: Time
  updated_at: Time
  /** What the clinic thinks it is. */
  diagnosis: Generated<string>
  /** As its patient's: the worklist is ordered by it. */
  archived: Generated<Flag>
  /** Of counting_rule: the version that the case is counted by, whatever became of the rule since. */
  counting_rule_version: Generated<number>
  /** When the rule of retention removed the photographs of its fields; null while they are there. */
  images_removed_at: Time | null
  /** The marrow number as two are compared (`numberKey`). */
  marrow_number_key: Generated<string>
  /** [{number, until, changedBy}] of marrow numbers that were corrected, the newest first; null where none was. */
  former_numbers: Json | null
  /** Which count is reported where there are two; null while nobody has chosen: that of the images, if they hold a cell. */
  reported_count: 'images' | 'microscope' | 'both' | null
  /** The physician or ward that asked for the examination. */
  requester: Generated<string>
}

export interface Slides {
  id: Id
  case_id: Id
  label: string
  created_at: Time
  /** Given by a person for all its fields. */
  um_per_pixel: number | null
  /** Whom a person believes where the files or profiles and the red cells contradict each other. */
  trusted: 'stated' | 'estimated' | null
}

/** What a stored image is found to be where it is not the one that was accepted. */
export type ImageFault = 'missing' | 'changed'

export interface Fields {
  id: Id
  slide_id: Id
  case_id: Id
  number: number
  file_name: string
  sha256: string
  bytes: number
  width: number
  height: number
  um_per_pixel: number | null
  scale_source: 'given' | 'profile' | 'metadata' | 'estimated' | null
  warnings: Json
  storage_key: string
  status: 'waiting' | 'analysed' | 'failed'
  error: string | null
  version: number
  created_at: Time
  /** As the file says, whatever it was analysed with. */
  tagged_um_per_pixel: number | null
  /** Make and model as the file names them; empty where it names none. */
  camera: Generated<string>
  /** What its red cells say: {umPerPixel, spread, sure, redCells}; null where they were not looked at. */
  estimate: Json | null
  /** SHA-256 of the first, the middle and the last 64 kB of its image; null where it was accepted before samples were kept and not read whole since. */
  sample_sha256: string | null
  /** Its image is not the one that was accepted. */
  image_fault: ImageFault | null
  /** When its image was last read whole and compared with its SHA-256. */
  image_checked_at: Time | null
  /** Its scale became another after cells of it were reviewed. */
  rescaled: Generated<Flag>
  /** The person whose storage it counts in; null where a program added it or nobody was noted. */
  uploaded_by: Id | null
}

/** The pixels of one camera behind one objective. */
export interface ScaleProfiles {
  id: Id
  name: string
  um_per_pixel: number
  /** Make and model as its files name them; empty where they name none. */
  camera: string
  /** Pixels of its pictures. */
  width: number
  height: number
  created_by: Id
  created_at: Time
}

/** A file that was refused, and why. */
export interface UploadFaults {
  id: Id
  case_id: Id
  file_name: string
  code: string
  message: string
  at: Time
}

export const ANALYSIS_STATUSES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const

export interface Analyses {
  id: Id
  case_id: Id
  status: (typeof ANALYSIS_STATUSES)[number]
  total: number
  done: number
  cells: number
  /** {detector: {name, version, sha256}, recogniser: the same} */
  models: Json
  /** The ids of the classes, in the order in which the probabilities of its cells are kept. */
  classes: Json
  error: string | null
  created_by: Id
  created_at: Time
  started_at: Time | null
  finished_at: Time | null
}
