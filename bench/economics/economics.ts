/**
 * What a cheaper recogniser gives up: macro-F1 against milliseconds a cell, for fewer mirror views, fewer pixels, 8-bit matrices.
 *
 *     python -m marrowscope_training economics                          # writes the options, training/README.md
 *     npm run -s bench -- economics [--models runs/economics] [--first views-4] [--rounds 9] [--threads 2] [--limit N]
 *                                   [--out bench/results/economics.json]
 *
 * Each folder of --models holds one recogniser. The knee is chosen on val; test is only reported. --limit takes so many cells of
 * each split, for a try.
 */
import { parseArgs } from 'node:util'
import { differencesOf, readCrops, resamplesOf } from '../../annotation/index.ts'
import { recogniseCells } from '../../vision/index.ts'
import { freeMachine, ourVersions } from '../machine.ts'
import { here } from '../python.ts'
import { pictures } from '../recogniser/figures.ts'
import type { Spread } from '../spread.ts'
import { writeResult } from '../write-result.ts'
import {
  answersOf,
  ECONOMICS_FIGURES,
  type EconomicsFigure,
  estimatesOfOne,
  evenly,
  figuresOf,
  typedCells,
} from './answers.ts'
import { frontier, KNEE_RULE, knee } from './choice.ts'
import { type Option, openOptions } from './options.ts'
import { batchTable, optionTable } from './table.ts'
import { fieldOf, inTurn, perCell, type TimedField } from './time.ts'

/** Cells that are timed: enough for the largest batch. */
const TIMED = 64
const BATCHES = [1, 4, 16, 64]

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: 'runs/economics' },
    data: { type: 'string', default: process.env.MARROWSCOPE_DATA },
    first: { type: 'string', default: 'views-4' },
    rounds: { type: 'string', default: '9' },
    threads: { type: 'string', default: '2' },
    limit: { type: 'string' },
    out: { type: 'string', default: here('results/economics.json') },
  },
})
const { data, first, out } = values
if (!data) throw new Error('Say where the images are: MARROWSCOPE_DATA or --data')
const [rounds, threads] = [Number(values.rounds), Number(values.threads)]
const limit = values.limit === undefined ? undefined : Number(values.limit)

const { load, ...where } = freeMachine(threads)
const options = await openOptions(values.models, first, threads)
const cells = {
  val: typedCells(await readCrops(data, 'val'), limit),
  test: typedCells(await readCrops(data, 'test'), limit),
}
const field = await fieldOf(evenly(cells.val, TIMED))
console.error(`${options.length} options timed in ${rounds} rounds …`)
const ms = await timed(
  field,
  options.map((option) => ({ option, batch: 16 })),
)
const batchMs = await timed(
  field,
  BATCHES.map((batch) => ({ option: options[0]!, batch })),
)
const [val, test] = [await measured('val'), await measured('test')]
for (const { recogniser } of options) await recogniser.network.close()

const offers = options.map(({ name }, i) => ({
  name,
  ms: ms[i]!.median,
  macroF1: val[i]!.figures.macroF1 ?? 0,
}))
const unbeaten = frontier(offers)
const chosen = knee(offers).name
const rows = options.map(({ name, megabytes, recogniser: { card } }, i) => ({
  name,
  cropSize: card.cropSize,
  umPerPixel: card.umPerPixel,
  megabytes,
  ms: ms[i]!,
  val: estimatesOfOne(val[i]!),
  test: estimatesOfOne(test[i]!),
  difference: differencesOf<EconomicsFigure>([test[i]!], [test[0]!], ECONOMICS_FIGURES)!.figures.macroF1,
  onFrontier: unbeaten.includes(offers[i]!),
}))
const batches = BATCHES.map((batch, i) => ({ cells: batch, ms: batchMs[i]! }))
writeResult(out, {
  date: new Date().toISOString(),
  machine: { ...where, loadBefore: load },
  threads,
  versions: ourVersions(),
  rounds,
  cells: { val: cells.val.length, test: cells.test.length, timed: field.centres.length },
  options: rows,
  batches: { option: first, batches },
  knee: { name: chosen, rule: KNEE_RULE },
})
console.log(
  [
    `${cells.val.length} cells of val and ${cells.test.length} of test, in per cent; 95 % intervals over pictures. Milliseconds: median and range of ${rounds} rounds in turn, ${threads} threads, batches of 16, cutting included.`,
    optionTable(rows, chosen),
    `The knee, in bold, is ${KNEE_RULE}: ${chosen}. ● no other option is at least as fast and as good on val.`,
    batchTable(first, batches),
  ].join('\n\n'),
)

/** Milliseconds a cell of naming the cells of a field, each option in turn. */
async function timed(
  { image, umPerPixel, centres }: TimedField,
  works: readonly { option: Option; batch: number }[],
): Promise<Spread[]> {
  const each = works.map(
    ({ option, batch }) =>
      () =>
        recogniseCells(option, image, umPerPixel, centres, { batch }),
  )
  return (await inTurn(each, rounds)).map((whole) => perCell(whole, centres.length))
}

async function measured(split: 'val' | 'test') {
  console.error(`${cells[split].length} cells of ${split}, named by each …`)
  const answers = await answersOf(options, cells[split])
  const samples = resamplesOf(pictures(answers[0]!).length)
  return answers.map((own) => figuresOf(own, samples))
}
