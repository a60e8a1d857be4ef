import type { Cards } from '../../vision/index.ts'
import type { Ports } from '../ports.ts'
import { readInUse } from './in-use.ts'
import { type Part, part } from './part.ts'

/** Unexpected ends in a day that are no accident any more. */
const MANY = 3
/** ms without a sign of life, and of one call without progress, after which it hangs; a little later it is ended and replaced. */
const SILENT = 5_000
const STALLED = 60_000

export async function networksPart({
  config,
  inference,
}: Pick<Ports, 'config' | 'inference'>): Promise<Part> {
  const { running, loaded, since, memory, silent, stalled, ends, lastFailure, lastSuccess } =
    inference.state()
  const values = {
    sinceAt: since,
    memoryBytes: memory,
    silentMs: silent,
    stalledMs: stalled,
    ends: ends.length,
    failure: lastFailure?.message ?? null,
    failureAt: lastFailure?.at ?? null,
  }
  let models: { [Task in keyof Cards]: { card: Cards[Task] } }
  try {
    models = await readInUse(config.modelsFolder)
  } catch (error) {
    return part('networks', 'NETWORKS_MISSING', { ...values, message: (error as Error).message })
  }
  const { detector, recogniser } = models
  const named = { ...values, detector: detector.card.version, recogniser: recogniser.card.version }
  if (silent >= SILENT || stalled >= STALLED) return part('networks', 'NETWORKS_STUCK', named)
  if (ends.length >= MANY) return part('networks', 'NETWORKS_RESTART', named)
  if (lastFailure && lastFailure.at > (lastSuccess ?? 0)) return part('networks', 'NETWORKS_FAILED', named)
  return part('networks', running && loaded ? 'NETWORKS_OK' : 'NETWORKS_IDLE', named)
}
