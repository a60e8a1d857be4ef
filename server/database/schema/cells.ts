/** Cells, and what people said of them. */
import type { CellClass, Confirmed } from '../../../cytology/index.ts'
import type { Flag, Id, Json, Time } from './columns.ts'

export interface Cells {
  id: Id
  case_id: Id
  field_id: Id
  analysis_id: Id | null
  /** Box in pixels of the original. */
  x: number
  y: number
  width: number
  height: number
  detection: number
  /** As it stands now. */
  type: CellClass
  /** As the model named it. */
  suggested: CellClass
  /** A finer name of the site under the type, by its id; null where none was given. */
  subtype: string | null
  /** [id, ...] of tags in their order, at most ten; null where there is none. */
  tags: Json | null
  probability: number
  /** 0..1: [p, ...] in the order of its analysis' classes; {class: p} of a cell that was named by itself. */
  probabilities: Json
  /** [[x, y], ...] in pixels of the original. */
  regions: Json
  /** Unlike what the recogniser was taught; null where it does not say, or did not when the cell was named. */
  unfamiliar: Flag | null
  touches_edge: Flag
  origin: 'model' | 'person'
  reviewed: Flag
  /** How its review came about; null where it is not reviewed, or was before this was kept. */
  confirmed: Confirmed | null
  deleted: Flag
  version: number
  updated_by: Id | null
  updated_at: Time
}

/** Every change to cells, in order; what undo and the correction history read. */
export interface CellChanges {
  id: Id
  case_id: Id
  /** 1, 2, 3 … within the case: their order, whatever the clock said. */
  number: number
  user_id: Id
  at: Time
  /** [{cellId, before: {...}, after: {...}}] */
  changes: Json
}

/** Append-only: a row is one version of the site's finer names of cells. */
export interface CellNameLists {
  id: Id
  version: number
  /** [CellName of cytology/, ...] in the site's order. */
  entries: Json
  created_by: Id
  created_at: Time
}

/** Append-only: what a person said of a cell, for those who read the case; on no report. */
export interface CellComments {
  id: Id
  case_id: Id
  cell_id: Id
  user_id: Id
  at: Time
  text: string
}

/** What the recogniser saw in a cell; comparable only with what the same recogniser saw. */
export interface CellEmbeddings {
  cell_id: Id
  case_id: Id
  /** SHA-256 of the network's file. */
  recogniser: string
  /** Base64 of signed bytes: the unit vector times 127. */
  embedding: string
}

/** A typical cell of a type, kept to be laid beside others. */
export interface ReferenceCells {
  id: Id
  type: CellClass
  origin: 'drawn' | 'person' | 'set'
  note: string
  storage_key: string
  recogniser: string
  embedding: string
  created_by: Id | null
  created_at: Time
  /** The case of the cell that it is a copy of, so that it goes when its patient is erased; read for nothing else. */
  case_id: Id | null
  /** The public set that it was taken from. */
  set_id: Id | null
}

/** A public set of cells, of which the site has taken some as references. */
export interface ReferenceSets {
  id: Id
  source: string
  licence: string
  /** Where it is published; '' where that was not said. */
  address: string
  created_by: Id | null
  created_at: Time
}

/** A second person's reading of a case, blind to the first one's. */
export interface SecondReadings {
  id: Id
  case_id: Id
  reader_id: Id
  status: 'open' | 'finished' | 'withdrawn'
  /** What was measured when it was finished. */
  agreement: Json | null
  created_by: Id
  created_at: Time
  finished_at: Time | null
  /** When the reader first opened the case after it was given; null before. */
  seen_by_reader_at: Time | null
  /** When whoever gave the case saw that the reading was finished; null before. */
  seen_by_asker_at: Time | null
}

/** What the second reader said of a cell; a cell that is not here is as the model named it. */
export interface SecondReadingCells {
  id: Id
  reading_id: Id
  cell_id: Id
  type: CellClass
  reviewed: Flag
  /** As of a cell. */
  confirmed: Confirmed | null
  version: number
  updated_at: Time
  /** As in `cells`; nothing of what the first reader gave. */
  subtype: string | null
  tags: Json | null
}
