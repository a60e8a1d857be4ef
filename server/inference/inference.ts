import type { Box, CellResult, FieldResult, FieldScale, ScaleEstimate } from '../../vision/index.ts'

/** What the recogniser saw in a cell, as the database keeps it; see embedding-code.ts. */
type Seen = { embedding: string }
/** SHA-256 of the recogniser's file: embeddings of two recognisers cannot be compared. */
type ByRecogniser = { recogniser: string }

export type AnalysedField = Omit<FieldResult, 'cells'> & ByRecogniser & { cells: (CellResult & Seen)[] }
export type NamedCell = Omit<CellResult, 'id' | 'detection'> & Seen & ByRecogniser

export interface InferenceState {
  running: boolean
  /** The networks are in memory: it has answered with them since it began. */
  loaded: boolean
  /** ms since 1970; null where it does not run. */
  since: number | null
  /** Bytes after its last answer; 0 before. */
  memory: number
  /** ms since its last sign of life, which it gives each second. */
  silent: number
  /** ms for which the call that waits longest has told of no progress. */
  stalled: number
  /** When it ended unexpectedly, ms since 1970; those of the last day. */
  ends: readonly number[]
  /** The last thing that went wrong with the networks themselves, not with an image. */
  lastFailure: { at: number; message: string } | null
  /** When they last answered well. */
  lastSuccess: number | null
}

/** The networks, wherever they run. */
export interface Inference {
  /** All of a field. `number` begins the cells' ids in the answer, which the server replaces. */
  analyse(
    file: string,
    options: {
      scale: FieldScale
      signal?: AbortSignal | undefined
      onProgress?: ((share: number, cells: number) => void) | undefined
    },
  ): Promise<AnalysedField>
  /** What the red cells of a field say of its scale. */
  estimateScale(file: string, signal?: AbortSignal): Promise<ScaleEstimate>
  /** Name one box that a person drew. */
  recognise(file: string, umPerPixel: number, box: Box): Promise<NamedCell>
  models(
    signal?: AbortSignal,
  ): Promise<Record<'detector' | 'recogniser', { name: string; version: string; sha256: string }>>
  /** How the networks' process is, as far as it has told. */
  state(): InferenceState
  close(): Promise<void>
}
