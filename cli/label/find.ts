import { basename } from 'node:path'
import { type Box, type Findings, nameIndex, type Row, readTable, stem } from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'
import {
  type Detector,
  detectCells,
  estimateScale,
  type FieldImage,
  findNuclei,
  openImage,
} from '../../vision/index.ts'
import { findImages } from '../analyze/files.ts'
import { report } from '../analyze.ts'
import { reportProblems } from './read.ts'

/** Boxes that are known, of an image by its file. Errors: TABLE_INVALID where several images of the table may be meant. */
export type Given = (file: string) => { box: Box; label: string; merged: boolean }[]

/** Everything that may be a cell in an image, and the scale that was taken for it. */
export type Found = { image: FieldImage; umPerPixel: number; findings: Findings }

export type FindOptions = {
  scale?: number | undefined
  /** Detections below are left out. */
  threshold?: number | undefined
  classical?: boolean | undefined
  given?: Given
}

/**
 * Boxes that are known, by the names of images, from a table with the columns image, x, y, w, h, and perhaps label
 * and merged_suspect (1 where a box may hold several cells).
 *
 * Errors: LABELS_NOT_READABLE, TABLE_INVALID.
 */
export async function givenBoxes(file: string | undefined, label: string): Promise<Given> {
  if (file === undefined) return () => []
  const rows = await readTable(file, (told) => reportProblems([told]))
  const byImage = Map.groupBy(rows, (row) => row.text('image').replaceAll('\\', '/').normalize('NFC'))
  const images = nameIndex([...byImage].map(([name, some]) => [name, some.map((row) => boxOf(row, label))]))
  return (image) => {
    const match = images.find(image)
    if (match === undefined || 'value' in match) return match?.value ?? []
    const names = match.several.map(({ name }) => name).join(', ')
    throw new MarrowscopeError(
      'TABLE_INVALID',
      `${file} has boxes for ${names}, and each may mean ${image}; write the names in one way, with their folders.`,
      { file },
    )
  }
}

function boxOf(row: Row, label: string) {
  const box: Box = [row.number('x'), row.number('y'), row.positive('w'), row.positive('h')]
  return { box, label: row.optional('label') ?? label, merged: row.optional('merged_suspect') === '1' }
}

/** The detector, the stain and what is given, on one image. Errors: those of `openImage` and `detectCells`. */
export async function findAll(detector: Detector, file: string, options: FindOptions): Promise<Found> {
  const image = await openImage(file)
  const umPerPixel = options.scale ?? image.umPerPixel ?? (await estimateScale(image)).umPerPixel
  const { threshold } = options
  const detected = await detectCells(
    { detector },
    image,
    umPerPixel,
    threshold === undefined ? {} : { scoreThreshold: threshold },
  )
  const classical = options.classical === false ? [] : await findNuclei(image, umPerPixel)
  return { image, umPerPixel, findings: { given: options.given?.(file) ?? [], detected, classical } }
}

/** The images of paths, those of a table (column image) only where one is given. Failures go to the error stream. */
export async function imagesToLabel(paths: string[], out: string, only?: string): Promise<string[]> {
  const { files, failures } = await findImages(paths, out)
  for (const failure of failures) report(failure)
  if (failures.length > 0) process.exitCode = 1
  if (only === undefined) return files
  const wanted = await imagesIn(only)
  const missing = [...wanted].filter((name) => !files.some((file) => stem(file) === name))
  if (missing.length > 0) {
    report({
      code: 'LABELLED_IMAGE_MISSING',
      message: `${only} names images that are not there: ${missing.join(', ')}.`,
    })
    process.exitCode = 1
  }
  return files.filter((file) => wanted.has(stem(file)))
}

/** The names of images, without ending, in a table's column image. */
export async function imagesIn(table: string): Promise<Set<string>> {
  const rows = await readTable(table, (told) => reportProblems([told]))
  return new Set(rows.map((row) => stem(row.text('image'))))
}

/** Does a piece of work for each file; what cannot be read is reported and passed over. */
export async function forEachImage(
  files: readonly string[],
  work: (file: string) => Promise<void>,
): Promise<number> {
  let failed = 0
  for (const file of files) {
    try {
      await work(file)
    } catch (error) {
      if (!(error instanceof MarrowscopeError) || error.code === 'OUTPUT_NOT_WRITABLE') throw error
      report(error)
      process.exitCode = 1
      failed++
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${basename(file)}\u001b[K`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  return failed
}
