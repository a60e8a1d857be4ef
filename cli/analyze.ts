import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type MarrowscopeError, USUALLY_UNFAMILIAR } from '../cytology/index.ts'
import {
  type AnalysisResult,
  checkScale,
  closeModels,
  type FieldResult,
  FORMATS_READ,
  loadModels,
  type SlideResult,
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
  trustTags: boolean
  trustRedCells: boolean
  slidePerFile: boolean
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
    .option(
      '--scale <µm per pixel>',
      'scale of all images (default: from their metadata, else estimated, one for all images of a folder)',
    )
    .addOption(
      new Option('--trust-tags', 'go on where the red cells contradict the scale in the files')
        .default(false)
        .conflicts('trustRedCells'),
    )
    .option('--trust-red-cells', 'estimate the scale although the files say one', false)
    .option('--slide-per-file', 'take every image for a slide of its own, not every folder', false)
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
    const { overlay: overlays, measure, slidePerFile } = options
    const trusted = options.trustTags ? 'stated' : options.trustRedCells ? 'estimated' : undefined
    const given = { umPerPixel, trusted, slidePerFile } as const
    const result = await run(models, files, { output, ...given, overlays, measure, signal })
    // Said once for the slide.
    for (const failure of result.failures) if (failure.code !== 'SCALE_CONTRADICTED') report(failure)
    for (const slide of result.slides) warnOfScale(slide)
    const doubted = new Set(result.fields.filter(isDoubtedAlone(result.slides)))
    for (const field of result.fields) warn(field, doubted.has(field))
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

/** Once for all fields that share a scale. */
function warnOfScale({ name, scales }: SlideResult): void {
  const all = scales.reduce((sum, { fields }) => sum + fields.length, 0)
  for (const { umPerPixel, source, sure, doubt, redCells, fields } of scales) {
    const some = fields.length === all ? `the ${all} fields` : `${fields.length} of ${all} fields`
    const whose = all === 1 ? name : `${some} of ${name}`
    if (source === 'estimated') {
      report(
        sure
          ? {
              code: 'SCALE_ESTIMATED',
              message: `The scale of ${whose}, ${umPerPixel} µm per pixel, was estimated from red cells; --scale is safer.`,
            }
          : {
              code: 'SCALE_UNSURE',
              message: `Too few red cells are seen to be sure of the scale of ${whose}, taken as ${umPerPixel} µm per pixel; give --scale.`,
            },
      )
    } else if (doubt !== 'none') {
      const but = redCells?.count
        ? `the red cells say about ${redCells.umPerPixel}`
        : 'that is too coarse to tell types'
      report({
        code: doubt === 'doubted' ? 'SCALE_DOUBTED' : 'SCALE_CONTRADICTED',
        message: `The scale of ${whose} is said to be ${umPerPixel} µm per pixel, but ${but}; give --scale, or say --trust-tags or --trust-red-cells.`,
      })
    }
  }
}

/** Of fields whose red cells contradict the scale that they share with fields which do not. */
const isDoubtedAlone = (slides: AnalysisResult['slides']) => {
  const told = slides.flatMap(({ scales }) => scales.filter(({ doubt }) => doubt !== 'none'))
  const shares = new Set(told.map(({ umPerPixel }) => umPerPixel))
  return ({ warnings, scale }: FieldResult) =>
    warnings.includes('SCALE_DOUBTED') && !shares.has(Number(scale.umPerPixel.toFixed(4)))
}

function warn({ file, warnings }: FieldResult, doubted: boolean): void {
  if (doubted) {
    report({
      code: 'SCALE_DOUBTED',
      message: `The red cells of ${file} are not of the size of those of its slide; was it taken through another objective?`,
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
