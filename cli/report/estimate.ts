import type { Estimate } from '../../annotation/index.ts'

/** "93.1 % (91.0–95.2)", or a dash where there is nothing to say. */
export function withInterval(estimate: Estimate | null): string {
  return estimate ? `${percent(estimate.value)} (${share(estimate.low)}–${share(estimate.high)})` : '–'
}

/** "93.1 %", or a dash. */
export function percent(value: number | null): string {
  return value === null ? '–' : `${share(value)} %`
}

/** The interval alone: "95 % interval 91.0–95.2". */
export function interval(estimate: Estimate | null): string {
  return estimate ? `95 % interval ${share(estimate.low)}–${share(estimate.high)}` : 'no labelled cells'
}

function share(value: number): string {
  return (value * 100).toFixed(1)
}
