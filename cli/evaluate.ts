import { join, relative, resolve } from 'node:path'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { LAYOUT_NAMES, MISS_COST } from '../annotation/index.ts'
import { CELL_CLASSES, type CellClass, isCellClass, MarrowscopeError } from '../cytology/index.ts'
import { closeModels, loadDetector, loadRecogniser } from '../vision/index.ts'
import { type DataOptions, detectorData, recogniserData } from './evaluate/data.ts'
import { evaluateDetector } from './evaluate/detector.ts'
import { detectionPictures, recognitionPictures } from './evaluate/pictures.ts'
import { startProgress } from './evaluate/progress.ts'
import { evaluateRecogniser } from './evaluate/recogniser.ts'
import { choiceText } from './evaluate/threshold.ts'
import { openOutput, writeWhole } from './output.ts'
import { detectorPage } from './report/detector-page.ts'
import { recogniserPage } from './report/recogniser-page.ts'
import type { DetectorReport, Provenance, RecogniserReport } from './report/report.ts'

type Options = DataOptions & {
  out?: string
  models: string
  estimateScale: boolean
  chooseThreshold: boolean
  missCost: number
}
type Measured<Report> = { report: Report; page: string }

/** `evaluate`: the pipeline over labelled data; leaves how well it did as JSON and as a page of figures. */
export function evaluateCommand(program: Command): void {
  const models = join(import.meta.dirname, '..', 'models')
  program
    .command('evaluate')
    .description('measure a network on labelled images, through the pipeline that analyze runs')
    .addArgument(new Argument('<network>', 'what to measure').choices(['detector', 'recogniser']))
    .requiredOption('--data <dir>', 'folder with labelled data, or with several such folders')
    .addOption(
      new Option('--split <name>', 'images to measure on').choices(['val', 'test']).makeOptionMandatory(),
    )
    .option('--images <dir>', 'folder with the images of COCO labels, where they lie apart from them')
    .option('--only <csv>', 'only the images in this table (column image), e.g. those drawn by hash')
    .option('--out <dir>', 'folder for report.json and report.html (default: out/evaluate-<network>-<split>)')
    .option('--models <dir>', 'folder with the networks and their cards', models)
    .addOption(
      new Option('--layout <name>', 'how the data lie, where it is not recognised').choices(LAYOUT_NAMES),
    )
    .option('--scale <µm per pixel>', 'scale of all images (default: what is known of the data)', scale)
    .option('--estimate-scale', 'let the pipeline estimate the scale of each image', false)
    .option('--types <ids>', 'recogniser: only cells of these types, comma between them', types)
    .option(
      '--choose-threshold',
      'detector, on val: the score threshold that costs least, and a calibration of the scores',
      false,
    )
    .option('--miss-cost <n>', 'so many extra detections cost as much as a missed cell', cost, MISS_COST)
    .option('--limit <n>', 'at most so many images of each source', count)
    .action(evaluate)
}

async function evaluate(network: 'detector' | 'recogniser', options: Options): Promise<void> {
  if (options.chooseThreshold) mayChoose(network, options)
  const out = options.out ?? join('out', `evaluate-${network}-${options.split}`)
  await openOutput(out, false)
  const { report, page } = await (network === 'detector'
    ? measureDetector(options)
    : measureRecogniser(options))
  await writeWhole(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  await writeWhole(join(out, 'report.html'), page)
  for (const { code, message } of report.failures) console.error(`${code}: ${message}`)
  if (report.failures.length > 0) process.exitCode = 1
  if ('choice' in report && report.choice) console.log(choiceText(report.choice))
  console.log(join(out, 'report.html'))
}

function mayChoose(network: string, { split }: Options): void {
  if (network !== 'detector') {
    throw new MarrowscopeError(
      'THRESHOLD_OF_DETECTOR',
      'Only a detector has a score threshold; leave out --choose-threshold.',
    )
  }
  if (split === 'val') return
  throw new MarrowscopeError(
    'THRESHOLD_NOT_ON_TEST',
    'A threshold is never chosen on the split test, for its figures would then say too much; use --split val.',
  )
}

async function measureDetector(options: Options): Promise<Measured<DetectorReport>> {
  const { fields, crops } = await detectorData(options)
  const detector = await loadDetector(options.models)
  const progress = startProgress(fields.length + crops.length)
  try {
    const figures = await evaluateDetector(detector, fields, crops, {
      ...options,
      ...progress,
      ...(options.chooseThreshold ? { chooseAt: options.missCost } : {}),
    })
    const pictures = await detectionPictures(figures.mistakes)
    const mistakes = withinData(figures.mistakes, options)
    const report = { ...provenance(options, detector.card), what: 'detector' as const, ...figures, mistakes }
    return { report, page: detectorPage(report, pictures) }
  } finally {
    progress.stop()
    await closeModels({ detector })
  }
}

async function measureRecogniser(options: Options): Promise<Measured<RecogniserReport>> {
  const crops = await recogniserData(options)
  const recogniser = await loadRecogniser(options.models)
  const progress = startProgress(new Set(crops.map(({ file }) => file)).size)
  try {
    const figures = await evaluateRecogniser(recogniser, crops, { ...options, ...progress })
    const pictures = await recognitionPictures(figures.mistakes)
    const mistakes = withinData(figures.mistakes, options)
    const report = {
      ...provenance(options, recogniser.card),
      what: 'recogniser' as const,
      ...figures,
      mistakes,
    }
    return { report, page: recogniserPage(report, pictures) }
  } finally {
    progress.stop()
    await closeModels({ recogniser })
  }
}

/** Files by their place in the data, which is the same on every machine. */
function withinData<T extends { file: string }>(items: readonly T[], { data, images }: Options): T[] {
  return items.map((item) => ({ ...item, file: relative(resolve(images ?? data), item.file) }))
}

type Card = Provenance['model']

function provenance(options: Options, { name, version, sha256 }: Card): Omit<Provenance, 'failures'> {
  const words = process.argv
    .slice(2)
    .map((word) => (/^[\w./=:@%+-]+$/.test(word) ? word : JSON.stringify(word)))
  return {
    command: `npm run -s marrowscope -- ${words.join(' ')}`,
    date: new Date().toISOString(),
    data: options.data,
    split: options.split,
    ...(options.only === undefined ? {} : { only: options.only }),
    scale: options.estimateScale ? 'estimated' : 'given',
    model: { name, version, sha256 },
  }
}

function scale(text: string): number {
  const value = Number(text)
  if (value >= 0.01 && value <= 5) return value
  throw new InvalidArgumentError('Give µm per pixel from 0.01 to 5, for example 0.1.')
}

function cost(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= 1000) return value
  throw new InvalidArgumentError('Give a number above 0 and at most 1000, for example 3.')
}

function types(text: string): CellClass[] {
  const names = text.split(',')
  const wrong = names.find((name) => !isCellClass(name))
  if (wrong === undefined) return names.filter(isCellClass)
  throw new InvalidArgumentError(`"${wrong}" is no type; the types are ${CELL_CLASSES.join(', ')}.`)
}

function count(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('Give a whole number above 0.')
}
