/** What an option costs and how well it names cells of val. */
export type Offer = { name: string; ms: number; macroF1: number }

/** Macro-F1 on val that may be given up for speed, 0..1. */
const GIVEN_UP = 0.003
export const KNEE_RULE = `the fastest whose macro-F1 on val is within ${(100 * GIVEN_UP).toFixed(1)} points of the best`

/** The options that no other one beats: none is at least as fast and as good, and one of the two more so. */
export function frontier<One extends Offer>(offers: readonly One[]): One[] {
  const beats = (a: Offer, b: Offer) =>
    a.ms <= b.ms && a.macroF1 >= b.macroF1 && (a.ms < b.ms || a.macroF1 > b.macroF1)
  return offers.filter((one) => !offers.some((other) => beats(other, one)))
}

/** By KNEE_RULE, of at least one option. */
export function knee<One extends Offer>(offers: readonly One[]): One {
  const best = Math.max(...offers.map(({ macroF1 }) => macroF1))
  // A difference of exactly as much is within it, whatever the last binary digit says.
  const near = offers.filter(({ macroF1 }) => best - macroF1 <= GIVEN_UP + 1e-9)
  return near.reduce((a, b) => (b.ms < a.ms ? b : a))
}
