/** What the server and the networks' process say to each other. */
import type { Box, FieldScale } from '../../vision/index.ts'

/** Where the networks' process says that it lives, and how often, ms. */
export const BEAT_PIPE = 4
export const BEAT = 1000

export type Call =
  | { kind: 'analyse'; file: string; scale: FieldScale }
  | { kind: 'scale'; file: string }
  | { kind: 'recognise'; file: string; umPerPixel: number; box: Box }
  | { kind: 'models' }

export type Message = { number: number } & (Call | { kind: 'abort' })

export type Answer = { number: number } & (
  | { kind: 'progress'; share: number; cells: number }
  | { kind: 'done'; value: unknown; memory: number }
  | { kind: 'failed'; code?: string; file?: string; message: string; memory: number }
)

export type ModelsAnswer = Record<
  'detector' | 'recogniser',
  { name: string; version: string; sha256: string }
>
