import { join } from 'node:path'
import type { Command } from 'commander'
import { type MarrowscopeError, USUALLY_UNFAMILIAR } from '../cytology/index.ts'
import {
  type AnalysisResult,
  checkScale,
  closeModels,
  type FieldResult,
  FORMATS_READ,
  loadModels,
  type Warning,
} from '../vision/index.ts'
import { differentialTable } from './analyze/differential-table.ts'
import { findImages } from './analyze/files.ts'
import { onInterrupt } from './analyze/interrupt.ts'
import { run } from './analyze/run.ts'
import { openOutput, resultText } from './output.ts'

type Options = {
  out: string
  models: string
  scale?: string
  json: boolean
  overlay: boolean
  measure: boolean
}

/** `analyze`: images in; result.json, overlays and the differential out. */
export function analyzeCommand(program: Command): void {
  program
    .command('analyze')
    .description('find, name and count the nucleated cells of smear photographs')
    .argument('<files or folders...>', `${FORMATS_READ} images, or folders of them`)
    .requiredOption('--out <dir>', 'folder for result.json and the overlays')
    .option('--scale <µm per pixel>', 'scale of all images (default: from their metadata, else estimated)')
    .option(
      '--models <dir>',
      'folder with the networks and their cards',
      join(import.meta.dirname, '../models'),
    )
    .option('--json', 'print result.json instead of the table', false)
    .option('--measure', 'measure every cell by shape and colour: size, N:C, nucleus, cytoplasm', false)
    .option('--no-overlay', 'draw no overlays')
    .action(analyze)
}

async function analyze(paths: string[], options: Options): Promise<void> {
  const umPerPixel = options.scale === undefined ? undefined : Number(options.scale)
  if (umPerPixel !== undefined) checkScale(umPerPixel)
  const { files, failures } = await findImages(paths, options.out)
  for (const failure of failures) report(failure)
  if (failures.length > 0) process.exitCode = 1
  if (files.length === 0) return
  const output = await openOutput(options.out, options.overlay)
  const models = await loadModels(options.models)
  const { signal, exitCode } = onInterrupt(
    'Stopping; the finished fields are kept. Press Ctrl-C again to leave at once.',
  )
  try {
    const { overlay: overlays, measure } = options
    const result = await run(models, files, { output, umPerPixel, overlays, measure, signal })
    for (const failure of result.failures) report(failure)
    for (const field of result.fields) warn(field)
    warnOfHome(result)
    console.log(
      options.json ? resultText(result).trimEnd() : summary(result, files.length, output.resultFile),
    )
    // A copy that was left out has lost nothing.
    if (result.failures.some(({ code }) => code !== 'DUPLICATE')) process.exitCode = 1
    if (signal.aborted) process.exitCode = exitCode()
  } finally {
    await closeModels(models)
  }
}

/** The table and where the rest is. */
export function summary({ fields, differential }: AnalysisResult, asked: number, resultFile: string): string {
  const cells = fields.reduce((sum, field) => sum + field.cells.length, 0)
  const counted = `${fields.length} of ${asked} ${asked === 1 ? 'field' : 'fields'}, ${cells} cells. Not reviewed by a person.`
  return [differentialTable(differential), counted, `Everything is in ${resultFile}`].join('\n')
}

/** One line on the error stream: a code to compare, a sentence to read. */
export function report({ code, message }: Pick<MarrowscopeError, 'code' | 'message'>): void {
  process.stderr.write(`${code}: ${message}\n`)
}

function warnOfHome({ familiarity: { cells, unfamiliar, away } }: AnalysisResult): void {
  if (!away) return
  report({
    code: 'CELLS_UNFAMILIAR',
    message: `${unfamiliar} of ${cells} cells look unlike those that the recogniser was taught (${100 * USUALLY_UNFAMILIAR} % is usual); check its types with more care than usual.`,
  })
}

function warn({ file, scale, warnings }: FieldResult): void {
  if (warnings.includes('SCALE_UNSURE')) {
    report({
      code: 'SCALE_UNSURE',
      message: `${file} shows too few red cells to be sure of its scale, taken as ${scale.umPerPixel} µm per pixel; give --scale.`,
    })
  } else if (warnings.includes('SCALE_ESTIMATED')) {
    report({
      code: 'SCALE_ESTIMATED',
      message: `The scale of ${file}, ${scale.umPerPixel} µm per pixel, was estimated from its red cells; --scale is safer.`,
    })
  }
  for (const code of warnings) if (code in SAID) report({ code, message: SAID[code]!(file) })
}

const SAID: Partial<Record<Warning, (file: string) => string>> = {
  NO_CELLS_FOUND: (file) => `No nucleated cell was found in ${file}; check its scale and stain.`,
  PAGES_LEFT_OUT: (file) =>
    `${file} holds several pictures, of which one was analysed; save each field as a file of its own.`,
  LEVELS_STRETCHED: (file) =>
    `The values of ${file} do not use the depth of the file; they were stretched to full brightness.`,
  TRANSPARENCY_IGNORED: (file) =>
    `${file} is wholly transparent, or its extra channel is no transparency; its colours were read without it.`,
  TRANSPARENCY_ON_WHITE: (file) => `Part of ${file} is transparent; it was laid on white.`,
  GAMMA_APPLIED: (file) =>
    `${file} says that its brightness follows another curve than that of screens (gAMA); it was brought to that.`,
  NOT_A_STAINED_SMEAR: (file) =>
    `${file} does not look like a stained smear: it is grey, black, white, negative or on a dark ground; check the file.`,
  OUT_OF_FOCUS: (file) => `${file} is out of focus all over; photograph the field again.`,
}
