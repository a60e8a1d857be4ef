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
  type SlideResult,
  scaleContradicted,
  type Trusted,
} from '../../vision/index.ts'
import { type Output, resultText, writeWhole } from '../output.ts'
import { overlay } from '../overlay/overlay.ts'
import { startProgress } from '../progress.ts'
import { findDuplicates } from './duplicates.ts'
import { scaleOfSlide, slideResult, slidesOf } from './scale-of-slides.ts'

export type RunOptions = {
  output: Output
  umPerPixel?: number | undefined
  /** Believed where it and the red cells contradict each other. */
  trusted?: Trusted | undefined
  /** Every file is a slide of its own, not every folder. */
  slidePerFile?: boolean
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
 * Analyses files slide by slide, each slide at one scale, draws their overlays and writes result.json, whole at any moment. Files that
 * cannot be analysed, and copies of earlier ones, become failures of the result. After an abort the result holds the finished fields.
 *
 * Errors: OUTPUT_NOT_WRITABLE.
 */
export async function run(
  models: Models,
  files: readonly string[],
  {
    output,
    umPerPixel,
    trusted,
    slidePerFile = false,
    overlays,
    measure = false,
    caption,
    signal,
  }: RunOptions,
): Promise<AnalysisResult> {
  const fields: FieldResult[] = []
  const failures: FieldFailure[] = []
  const slides: SlideResult[] = []
  const progress = startProgress(files.length)
  const numbers = new Map(files.map((file, i) => [file, i + 1]))
  const save = async () => {
    const inOrder = fields.toSorted((a, b) => numbers.get(a.file)! - numbers.get(b.file)!)
    const result = analysisResult(models, inOrder, failures, slides)
    await writeWhole(output.resultFile, resultText(result))
    return result
  }
  const fail = (failure: FieldFailure) => {
    failures.push(failure)
    progress.failed(failure.file, failure.code)
  }
  let saved = Date.now()
  try {
    const duplicates = await findDuplicates(files)
    for (const file of files) if (duplicates.has(file)) fail(duplicates.get(file)!)
    for (const slide of slidesOf(
      files.filter((file) => !duplicates.has(file)),
      slidePerFile,
    )) {
      const found = await scaleOfSlide(slide, { umPerPixel, trusted, signal, onFile: progress.scale })
      if (signal.aborted) break
      const about = slideResult(slide, found, (file) => numbers.get(file)!)
      slides.push(about)
      progress.slide(about)
      for (const file of slide.files) {
        const number = numbers.get(file)!
        try {
          const scale = found.scales.get(file)
          if (scale?.doubt === 'contradicted') throw scaleContradicted(file, scale)
          const image = await openImage(file)
          const seen = await analyseField(models, image, { scale, number, signal, onProgress: progress.step })
          const field = measure ? await measured(seen, image) : seen
          if (overlays)
            await writeWhole(output.overlayFile(number, file), await overlay(image, field.cells, caption))
          fields.push(field)
          progress.done(field)
        } catch (error) {
          if (signal.aborted) break
          if (!(error instanceof MarrowscopeError) || error.code === 'OUTPUT_NOT_WRITABLE') throw error
          fail({ file, code: error.code, message: error.message })
        }
        if (signal.aborted) break
        if (Date.now() - saved > SAVE_EVERY_MS) {
          await save()
          saved = Date.now()
        }
      }
      if (signal.aborted) break
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
