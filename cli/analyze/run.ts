import { MarrowscopeError } from '../../cytology/index.ts'
import {
  type AnalysisResult,
  analyseField,
  analysisResult,
  decode,
  type FieldFailure,
  type FieldImage,
  type FieldResult,
  type Models,
  measureCell,
  openImage,
} from '../../vision/index.ts'
import { type Output, resultText, writeWhole } from '../output.ts'
import { overlay } from '../overlay/overlay.ts'
import { startProgress } from '../progress.ts'
import { findDuplicates } from './duplicates.ts'

export type RunOptions = {
  output: Output
  umPerPixel?: number | undefined
  overlays: boolean
  /** Measures every cell by shape and colour too. */
  measure?: boolean
  /** Stands at the bottom of every overlay. */
  caption?: string
  /** Ends the run after what can be finished at once; the finished fields count. */
  signal: AbortSignal
}

/** How long finished fields may wait for result.json to be written anew. */
const SAVE_EVERY_MS = 5000

/**
 * Analyses files one after the other, draws their overlays and writes result.json, whole at any moment. Files that
 * cannot be analysed, and copies of earlier ones, become failures of the result. After an abort the result holds the finished fields.
 *
 * Errors: OUTPUT_NOT_WRITABLE.
 */
export async function run(
  models: Models,
  files: readonly string[],
  { output, umPerPixel, overlays, measure = false, caption, signal }: RunOptions,
): Promise<AnalysisResult> {
  const fields: FieldResult[] = []
  const failures: FieldFailure[] = []
  const progress = startProgress(files.length)
  const save = async () => {
    const result = analysisResult(models, fields, failures)
    await writeWhole(output.resultFile, resultText(result))
    return result
  }
  let saved = Date.now()
  try {
    const duplicates = await findDuplicates(files)
    for (const [i, file] of files.entries()) {
      const duplicate = duplicates.get(file)
      if (duplicate) {
        failures.push(duplicate)
        progress.failed(file, duplicate.code)
        continue
      }
      try {
        const image = await openImage(file)
        const number = i + 1
        const seen = await analyseField(models, image, {
          umPerPixel,
          number,
          signal,
          onProgress: progress.step,
        })
        const field = measure ? await measured(seen, image) : seen
        if (overlays)
          await writeWhole(output.overlayFile(number, file), await overlay(image, field.cells, caption))
        fields.push(field)
        progress.done(field)
      } catch (error) {
        if (signal.aborted) break
        if (!(error instanceof MarrowscopeError) || error.code === 'OUTPUT_NOT_WRITABLE') throw error
        failures.push({ file, code: error.code, message: error.message })
        progress.failed(file, error.code)
      }
      if (signal.aborted) break
      if (Date.now() - saved > SAVE_EVERY_MS) {
        await save()
        saved = Date.now()
      }
    }
    return await save()
  } finally {
    progress.stop()
  }
}

async function measured(field: FieldResult, image: FieldImage): Promise<FieldResult> {
  const raster = await decode(image)
  const { umPerPixel } = field.scale
  const cells = field.cells.map((cell) => ({
    ...cell,
    measurements: measureCell(raster, cell.box, umPerPixel),
  }))
  return { ...field, cells }
}
