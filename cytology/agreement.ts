/** How many cells the first reader called one thing and the second another. */
export interface Pair<Class extends string> {
  readonly first: Class
  readonly second: Class
  readonly count: number
}

export interface Agreement {
  /** Cells that both have named. */
  readonly cells: number
  readonly agreed: number
  /** Cohen's κ, −1..1; null where chance alone would always agree, or nothing was named by both. */
  readonly kappa: number | null
  /** 95 % interval of κ, within −1..1. */
  readonly low: number | null
  readonly high: number | null
}

const Z = 1.959964

/**
 * Cohen's κ of two readers who each named the same cells, unweighted: types are names, not degrees.
 *
 * The interval is κ ± 1.96 standard errors, for large numbers of cells. Sources: Cohen, Educ Psychol Meas 20 (1960) 37;
 * Fleiss, Cohen and Everitt, Psychol Bull 72 (1969) 323, for the standard error.
 */
export function agreement<Class extends string>(pairs: readonly Pair<Class>[]): Agreement {
  const cells = pairs.reduce((sum, { count }) => sum + count, 0)
  const same = pairs.filter(({ first, second }) => first === second)
  const agreed = same.reduce((sum, { count }) => sum + count, 0)
  if (cells === 0) return { cells, agreed, kappa: null, low: null, high: null }
  const first = shares(pairs, cells, (pair) => pair.first)
  const second = shares(pairs, cells, (pair) => pair.second)
  const observed = agreed / cells
  let chance = 0
  for (const [type, share] of first) chance += share * (second.get(type) ?? 0)
  if (chance > 1 - 1e-12) return { cells, agreed, kappa: null, low: null, high: null }
  const kappa = (observed - chance) / (1 - chance)
  let spread = -((kappa - chance * (1 - kappa)) ** 2)
  for (const pair of pairs) {
    const share = pair.count / cells
    spread +=
      pair.first === pair.second
        ? share * (1 - (first.get(pair.first)! + second.get(pair.first)!) * (1 - kappa)) ** 2
        : share * (1 - kappa) ** 2 * ((second.get(pair.first) ?? 0) + (first.get(pair.second) ?? 0)) ** 2
  }
  // What is left of a spread of zero after rounding would still have a root that shows.
  const error = Math.sqrt((spread < 1e-12 ? 0 : spread) / cells) / (1 - chance)
  return {
    cells,
    agreed,
    kappa,
    low: Math.max(-1, kappa - Z * error),
    high: Math.min(1, kappa + Z * error),
  }
}

function shares<Class extends string>(
  pairs: readonly Pair<Class>[],
  cells: number,
  by: (pair: Pair<Class>) => Class,
): Map<Class, number> {
  const found = new Map<Class, number>()
  for (const pair of pairs) found.set(by(pair), (found.get(by(pair)) ?? 0) + pair.count / cells)
  return found
}
