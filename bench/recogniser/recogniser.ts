/**
 * What each part of the recogniser brings, and what helps on a source that was not taught: the variants that were trained,
 * measured on test.
 *
 *     npm run -s bench -- recogniser --runs runs/recogniser-ablation [--cross runs/cross-ablation]
 *                                    [--out bench/results/recogniser-ablation.json]
 *
 * Each folder of a run holds run.json and the calibrated answers val.json and test.json. All figures are of test; the best peer is
 * chosen on val. Without --cross the folder cross-ablation beside the runs is taken where there is one.
 */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { differencesOf, estimatesOf, mean, type Resampled, resamplesOf } from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'
import { here } from '../python.ts'
import { writeResult } from '../write-result.ts'
import {
  CROSS_FIGURES,
  FIGURES,
  type Measured,
  macroF1,
  measureCross,
  measureRun,
  pictures,
} from './figures.ts'
import { type Run, readRuns } from './runs.ts'
import { crossPairTable, crossTable, pairTable, typeTable, variantTable } from './table.ts'

const PARTS = ['stem', 'overlap', 'regions-se', 'regions-se-no-gradient', 'regions-product', 'contrastive']
const PEERS = [
  ...['resnet-18', 'resnet-18-half', 'resnet-18-fine', 'resnet-50', 'resnext-50', 'convnext-v2-atto'],
  ...['svm', 'forest'],
]
const PAIRS: [string, string][] = [
  ...(['full-deep', 'full', 'thesis', ...PARTS].map((variant) => [variant, 'vit']) as [string, string][]),
  ['full', 'thesis'],
  ['full-deep', 'full'],
  ['full-pretrained', 'full'],
  ['full', 'stem'],
  ['regions-se', 'regions-product'],
  ['regions-se', 'regions-se-no-gradient'],
  ...(PEERS.flatMap((peer) => ['full', 'full-deep'].map((ours) => [ours, peer])) as [string, string][]),
]
/** Alone against nothing, what is added to all of them against all, and no network. */
const LOOKS = ['turn', 'noise', 'light', 'stain', 'scale', 'scanner', 'all']
const ADDED = ['all-background', 'all-cutout', 'all-one-stain', 'all-on-glass', 'strong', 'strong-on-glass']
const MEASURED = ['measured', 'measured-rescaled']

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    cross: { type: 'string' },
    out: { type: 'string', default: here('results/recogniser-ablation.json') },
  },
})

try {
  main()
} catch (error) {
  if (!(error instanceof MarrowscopeError)) throw error
  process.stderr.write(`${error.code}: ${error.message}\n`)
  process.exitCode = 1
}

function main(): void {
  const { out, runs } = values
  if (runs === undefined || ![runs, values.cross ?? runs].every(existsSync)) {
    throw new MarrowscopeError(
      'ABLATION_INVALID',
      'Give the folder of the runs with --runs, and check its name and that of --cross.',
    )
  }
  const beside = join(dirname(runs), 'cross-ablation')
  const cross = values.cross ?? (existsSync(beside) ? beside : null)
  const types = ofTypes(readRuns(runs))
  const sources = cross === null ? null : ofSources(readRuns(cross))
  writeResult(out, { ...types.result, cross: sources?.result ?? null })
  console.log([...types.tables, ...(sources?.tables ?? [])].join('\n\n'))
}

function ofTypes(runs: readonly Run[]) {
  const all = pictures(runs[0]!.test)
  const samples = resamplesOf(all.length)
  const byVariant = Map.groupBy(
    runs.map((run) => measureRun(run, samples)),
    ({ info }) => info.variant,
  )
  const variants = [...byVariant]
    .map(([variant, own]) => ({ variant, runs: own, figures: estimatesOf(own, FIGURES) }))
    .sort((a, b) => (b.figures.macroF1?.value ?? 0) - (a.figures.macroF1?.value ?? 0))
  const bestPeer = bestOnVal(runs, PEERS)
  const named = ([a, b]: [string, string]) => `${a} − ${b}${b === bestPeer ? ' (best peer on val)' : ''}`
  const pairs = differences(byVariant, PAIRS, FIGURES, named)
  const cells = runs[0]!.test.length
  return {
    result: { pictures: all.length, cells, bestPeer, variants: variants.map(withRuns), differences: pairs },
    tables: [
      `${all.length} pictures, ${cells} cells, in per cent; 95 % intervals over pictures and seeds.`,
      variantTable(variants),
      pairTable(pairs),
      typeTable(variants),
    ],
  }
}

function ofSources(runs: readonly Run[]) {
  const all = pictures(runs[0]!.test)
  const samples = resamplesOf(all.length)
  const measured = runs.map((run) => measureCross(run, samples))
  const byVariant = Map.groupBy(measured, ({ info }) => info.variant)
  const variants = [...byVariant].map(([variant, own]) => ({
    variant,
    runs: own,
    figures: estimatesOf(own, CROSS_FIGURES),
  }))
  variants.sort((a, b) => sourceOf(a).localeCompare(sourceOf(b)) || place(a.variant) - place(b.variant))
  const taught = [...new Set(variants.map(sourceOf))]
  const wanted = taught.flatMap((source) => [
    ...LOOKS.map((look): [string, string] => [`${source}-${look}`, `${source}-none`]),
    ...ADDED.map((look): [string, string] => [`${source}-${look}`, `${source}-all`]),
    ...['measured', 'all-on-glass'].map((than): [string, string] => [
      `${source}-measured-rescaled`,
      `${source}-${than}`,
    ]),
  ])
  const pairs = differences(byVariant, wanted, CROSS_FIGURES, ([a, b]) => `${a} − ${b}`)
  const cells = runs[0]!.test.length
  return {
    result: { pictures: all.length, cells, variants: variants.map(withRuns), differences: pairs },
    tables: [
      `Taught on one source: ${cells} cells of all of them, in per cent; a variant is the source taught and what was done.`,
      crossTable(variants),
      crossPairTable(pairs),
    ],
  }
}

/** In the order in which the looks are explained. */
function place(variant: string): number {
  return ['none', ...LOOKS, ...ADDED, ...MEASURED].findLastIndex((look) => variant.endsWith(`-${look}`))
}

function sourceOf({ runs }: { runs: readonly Pick<Run, 'info'>[] }): string {
  return runs[0]!.info.settings.look?.source ?? ''
}

function bestOnVal(runs: readonly Run[], among: readonly string[]): string | null {
  const score = (variant: string) =>
    mean(runs.filter(({ info }) => info.variant === variant).map(({ val }) => macroF1(val)))
  const scored = among.map((variant) => ({ variant, score: score(variant) ?? -1 }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score < 0 ? null : best.variant
}

function differences<Name extends string>(
  byVariant: ReadonlyMap<string, Resampled<Name>[]>,
  pairs: readonly [string, string][],
  names: readonly Name[],
  words: (pair: [string, string]) => string,
) {
  return pairs.flatMap((pair) => {
    const [ours, theirs] = pair.map((variant) => byVariant.get(variant))
    const apart = ours && theirs && differencesOf(ours, theirs, names)
    return apart ? [{ pair: words(pair), ...apart }] : []
  })
}

/** What a run cost and reached; its settings stay in its own run.json. */
function withRuns<Name extends string, Row extends { runs: readonly Measured<Name>[] }>({
  runs,
  ...row
}: Row) {
  const kept = ({ info, figures }: Measured<Name>) => {
    const { seed, steps, batch, trainSeconds, parameters, millisecondsPerCell } = info
    return { seed, steps, batch, trainSeconds, parameters, millisecondsPerCell, figures }
  }
  return { ...row, runs: runs.map(kept) }
}
