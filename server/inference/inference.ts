import type { Box, CellResult, FieldResult } from '../../vision/index.ts'

/** The networks, wherever they run. */
export interface Inference {
  /** All of a field. `number` begins the cells' ids in the answer, which the server replaces. */
  analyse(
    file: string,
    options: {
      umPerPixel?: number | undefined
      signal?: AbortSignal | undefined
      onProgress?: ((share: number, cells: number) => void) | undefined
    },
  ): Promise<FieldResult>
  /** Name one box that a person drew. */
  recognise(file: string, umPerPixel: number, box: Box): Promise<Omit<CellResult, 'id' | 'detection'>>
  models(): Promise<Record<'detector' | 'recogniser', { name: string; version: string; sha256: string }>>
  close(): Promise<void>
}
