/** A seeded stream of random numbers; the same seed gives the same stream on any machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform between the two. */
  range(low: number, high: number): number
  /** A whole number from low to high, both possible. */
  int(low: number, high: number): number
  /** Bell-shaped around 0 with standard deviation 1, never beyond ±4.9 (the sum of eight uniforms). */
  normal(): number
  /** True with this probability. */
  chance(probability: number): boolean
}

/** Mix whole numbers into one 32-bit seed, so that every object of a field has its own stream. */
export function mixSeed(...parts: number[]): number {
  let h = 0x9e3779b9
  for (const part of parts) {
    h = Math.imul(h ^ (part | 0), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  return h >>> 0
}

/** mulberry32 (Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
  let state = mixSeed(seed)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => {
      let sum = -4
      for (let i = 0; i < 8; i++) sum += next()
      return sum * 1.224744871391589 // a uniform has variance 1/12, eight of them 2/3
    },
    chance: (probability) => next() < probability,
  }
}
