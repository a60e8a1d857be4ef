/**
 * What each part of the detector brings: the variants that were trained, measured on the test fields.
 *
 *     npm run -s bench -- detector --runs runs/ablation [--labels data/labels/segpc] [--only TABLE.csv]
 *                                  [--out bench/results/ablation.json] [--svg bench/results/ablation.svg]
 *
 * Each folder of a run holds run.json and COCO results val.json and test.json. The score threshold of a run is chosen on
 * val by cost, as `evaluate detector --choose-threshold` does it; all figures are of test.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { MISS_COST, readTable, resamplesOf, stem } from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'
import { here } from '../python.ts'
import { writeResult } from '../write-result.ts'
import { ceiling } from './ceiling.ts'
import { curvesSvg, meanCurve } from './curves.ts'
import { differences, estimates, measureRun } from './figures.ts'
import { labelledFields, readRuns } from './runs.ts'
import { pairTable, variantTable } from './table.ts'

const PAIRS = [
  ...['full', 'pa', 'ot', 'pa-ot'].map((variant) => [variant, 'retinanet']),
  ...['full-no-border', 'full-9', 'full-iou', 'full-atss', 'full-simota', 'faster-rcnn', 'yolox'].map(
    (variant) => ['full', variant],
  ),
  ...['otsu-watershed', 'k-means'].map((variant) => ['full', variant]),
] as [string, string][]

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    labels: { type: 'string', default: here('../data/labels/segpc') },
    only: { type: 'string' },
    out: { type: 'string', default: here('results/ablation.json') },
    svg: { type: 'string' },
  },
})

try {
  await main()
} catch (error) {
  if (!(error instanceof MarrowscopeError)) throw error
  process.stderr.write(`${error.code}: ${error.message}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { labels, out } = values
  if (values.runs === undefined || !existsSync(values.runs)) {
    throw new MarrowscopeError(
      'ABLATION_INVALID',
      'Give the folder of the runs with --runs, and check its name.',
    )
  }
  const only = values.only
    ? new Set((await readTable(values.only)).map((row) => stem(row.text('image'))))
    : undefined
  const all = {
    val: labelledFields(join(labels, 'val.json')),
    test: labelledFields(join(labels, 'test.json')),
  }
  const known = { val: idsOf(all.val), test: idsOf(all.test) }
  // A threshold is chosen on all of val, whatever of test is looked at.
  const test = only ? all.test.filter(({ file }) => only.has(stem(file))) : all.test
  const runs = readRuns(values.runs, { val: all.val, test }, known)
  const samples = resamplesOf(test.length)
  const measured = runs.map((run) => measureRun(run, samples))
  const byVariant = Map.groupBy(measured, ({ info }) => info.variant)
  const variants = [...byVariant]
    .map(([variant, own]) => ({ variant, runs: own, figures: estimates(own) }))
    .sort((a, b) => (b.figures.ap?.value ?? 0) - (a.figures.ap?.value ?? 0))
  const pairs = PAIRS.flatMap(([a, b]) => {
    const [ours, theirs] = [byVariant.get(a), byVariant.get(b)]
    const apart = ours && theirs && differences(ours, theirs)
    return apart ? [{ pair: `${a} − ${b}`, ...apart }] : []
  })
  const second = join(labels, 'second-pass', 'test.json')
  const readers = existsSync(second) ? ceiling(test, labelledFields(second, only)) : null
  const result = {
    fields: test.length,
    cells: measured[0]!.counts.cells,
    missCost: MISS_COST,
    variants: variants.map(({ variant, runs: own, figures }) => ({
      variant,
      figures,
      runs: own.map(({ info, threshold, counts, figures: one }) => ({
        ...info,
        threshold,
        counts,
        figures: one,
      })),
    })),
    differences: pairs,
    secondReader: readers,
  }
  const curves = variants.map(({ variant }) =>
    meanCurve(
      variant,
      runs.filter(({ info }) => info.variant === variant).map((run) => run.test),
    ),
  )
  const svg = values.svg ?? out.replace(/(\.json)?$/, '.svg')
  writeResult(out, result)
  mkdirSync(dirname(svg), { recursive: true })
  writeFileSync(svg, curvesSvg(curves))
  console.log(
    `${test.length} fields, ${result.cells} cells, in per cent; 95 % intervals over fields and seeds.\n`,
  )
  console.log(`${variantTable(variants, readers)}\n\n${pairTable(pairs)}`)
}

function idsOf(fields: readonly { id?: number }[]): Set<number> {
  return new Set(fields.map(({ id }) => id!))
}
