import { resampledPlaces } from './bootstrap.ts'
import { type Estimate, estimateOf } from './estimate.ts'
import { mean } from './ratio.ts'

export type FiguresOf<Name extends string> = Record<Name, number | null>
export type EstimatesOf<Name extends string> = Record<Name, Estimate | null>

/** A run's figures, and the same on each of the resamples that all runs share. */
export type Resampled<Name extends string> = {
  info: { seed: number }
  figures: FiguresOf<Name>
  resampled: FiguresOf<Name>[]
}

const RESAMPLES = 1000
/** Seeds are drawn apart from pictures. */
const SEED_OF_SEEDS = 2

/** The resamples of so many pictures. */
export const resamplesOf = (pictures: number) => resampledPlaces(pictures, { resamples: RESAMPLES })

/** Means over the seeds of a variant. Both pictures and seeds are drawn anew: another training would differ, too. */
export function estimatesOf<Name extends string>(
  runs: readonly Resampled<Name>[],
  names: readonly Name[],
): EstimatesOf<Name> {
  return each(names, (name) => {
    const value = mean(runs.map(({ figures }) => figures[name]))
    return estimateOf(value, resampledMeans(runs, name))
  })
}

/**
 * How much higher the means of `a` are than those of `b`, over the seeds that both have (a seed sees the same pictures in the
 * same order whatever the variant), on the same resampled pictures and seeds. null: no seed in common.
 */
export function differencesOf<Name extends string>(
  a: readonly Resampled<Name>[],
  b: readonly Resampled<Name>[],
  names: readonly Name[],
): { seeds: number; figures: EstimatesOf<Name> } | null {
  const [ours, theirs] = [common(a, b), common(b, a)]
  if (ours.length === 0) return null
  const figures = each(names, (name) => {
    const value = minus(
      mean(ours.map((run) => run.figures[name])),
      mean(theirs.map((run) => run.figures[name])),
    )
    const others = resampledMeans(theirs, name)
    return estimateOf(
      value,
      resampledMeans(ours, name).map((one, i) => minus(one, others[i]!)),
    )
  })
  return { seeds: ours.length, figures }
}

/** The runs of `a` whose seed `b` has as well, by seed. */
function common<Name extends string>(a: readonly Resampled<Name>[], b: readonly Resampled<Name>[]) {
  const seeds = new Set(b.map(({ info }) => info.seed))
  return a
    .filter(({ info }) => seeds.has(info.seed))
    .toSorted((one, other) => one.info.seed - other.info.seed)
}

function resampledMeans<Name extends string>(
  runs: readonly Resampled<Name>[],
  name: Name,
): (number | null)[] {
  const seeds = resampledPlaces(runs.length, { resamples: RESAMPLES, seed: SEED_OF_SEEDS })
  return seeds.map((drawn, i) => mean(drawn.map((place) => runs[place]!.resampled[i]![name])))
}

function each<Name extends string>(
  names: readonly Name[],
  of: (name: Name) => Estimate | null,
): EstimatesOf<Name> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as EstimatesOf<Name>
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b
}
