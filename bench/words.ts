import type { Estimate } from '../annotation/index.ts'

export function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = heads.map((_, i) => (i === 0 ? '---' : '---:'))
  return [heads, rule, ...rows].map(line).join('\n')
}

export const hundredths = (share: number) => (100 * share).toFixed(1)

export function percent(estimate: Estimate | null): string {
  if (estimate === null) return '–'
  return `${hundredths(estimate.value)} (${hundredths(estimate.low)}–${hundredths(estimate.high)})`
}

export function points(estimate: Estimate | null): string {
  if (estimate === null) return '–'
  const signed = (share: number) => `${share >= 0 ? '+' : '−'}${hundredths(Math.abs(share))}`
  return `${signed(estimate.value)} (${signed(estimate.low)} to ${signed(estimate.high)})`
}

export function millions(count: number): string {
  return (count / 1e6).toFixed(2)
}
