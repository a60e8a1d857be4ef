import { dirname, resolve } from 'node:path'
import {
  type FieldEvidence,
  type FieldScale,
  fieldEvidence,
  fieldsToCheck,
  openImage,
  type SlideResult,
  sharedScales,
  slideScales,
  type Trusted,
} from '../../vision/index.ts'

export type Slide = {
  /** Its folder, or its only file. */
  name: string
  files: string[]
}

export type ScaleOptions = {
  /** Given for all fields, µm per pixel. */
  umPerPixel?: number | undefined
  trusted?: Trusted | undefined
  signal: AbortSignal
  /** So many files of so many were looked at. */
  onFile: (done: number, total: number) => void
}

/** Files of one folder are fields of one slide; with `each` every file is a slide of its own. In the order of the files. */
export function slidesOf(files: readonly string[], each: boolean): Slide[] {
  if (each) return files.map((file) => ({ name: file, files: [file] }))
  const folders = Map.groupBy(files, (file) => dirname(resolve(file)))
  return [...folders.values()].map((own) => ({
    name: own.length === 1 ? own[0]! : dirname(own[0]!),
    files: own,
  }))
}

export type ScalesOfSlide = { scales: Map<string, FieldScale>; evidence: Map<string, FieldEvidence> }

/**
 * The scale of every file of a slide that can be opened, by file. Where a scale is said, the red cells of a few fields check it; else
 * those of all fields are asked.
 */
export async function scaleOfSlide(
  { files }: Slide,
  { umPerPixel, trusted, signal, onFile }: ScaleOptions,
): Promise<ScalesOfSlide> {
  const given = umPerPixel === undefined ? undefined : { umPerPixel, source: 'given' as const }
  const evidence = new Map<string, FieldEvidence>()
  for (const file of files) {
    const image = await openImage(file).catch(() => undefined)
    if (image) evidence.set(file, await fieldEvidence(image, { stated: given, estimate: false }))
  }
  const toLookAt = filesToLookAt(evidence)
  for (const [i, file] of toLookAt.entries()) {
    if (signal.aborted) break
    const { stated } = evidence.get(file)!
    // What cannot be decoded is told when it is analysed.
    const looked = await openImage(file)
      .then((image) => fieldEvidence(image, { stated, estimate: true }))
      .catch(() => undefined)
    if (looked) evidence.set(file, looked)
    onFile(i + 1, toLookAt.length)
  }
  const decided = slideScales([...evidence.values()], trusted)
  const scales = new Map([...evidence.keys()].map((file, i) => [file, decided[i]!]))
  return { scales, evidence }
}

/** All of those of which no scale is said, and of each scale that is said enough to check it. */
function filesToLookAt(found: ReadonlyMap<string, FieldEvidence>): string[] {
  const groups = Map.groupBy(found, ([, { stated }]) => stated?.umPerPixel)
  return [...groups].flatMap(([stated, entries]) => {
    const files = entries.map(([file]) => file)
    return stated === undefined ? files : fieldsToCheck(files)
  })
}

/** For result.json: each scale of the slide with the numbers of the files that share it. */
export function slideResult(
  { name }: Slide,
  { scales, evidence }: ScalesOfSlide,
  numberOf: (file: string) => number,
): SlideResult {
  return {
    name,
    scales: sharedScales(scales).map(({ scale, fields: files }) => {
      const { umPerPixel, source, sure, doubt, estimate } = scale
      const alone = files.flatMap((file) => evidence.get(file)!.estimate?.umPerPixel ?? [])
      const redCells = estimate && {
        umPerPixel: rounded(estimate.umPerPixel),
        count: estimate.redCells,
        fields: alone.length,
        low: rounded(Math.min(...alone)),
        high: rounded(Math.max(...alone)),
      }
      const fields = files.map(numberOf)
      return { umPerPixel: rounded(umPerPixel), source, sure, doubt, redCells: redCells ?? null, fields }
    }),
  }
}

const rounded = (value: number) => Number(value.toFixed(4))
