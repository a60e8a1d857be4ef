const DAY = 86_400_000

/** Whole years from a day of birth (YYYY-MM-DD) to `at`, ms. */
export function yearsOld(birthDate: string, at: number): number {
  const [born, now] = [new Date(birthDate), new Date(at)]
  const had =
    now.getMonth() > born.getUTCMonth() ||
    (now.getMonth() === born.getUTCMonth() && now.getDate() >= born.getUTCDate())
  return now.getFullYear() - born.getUTCFullYear() - (had ? 0 : 1)
}

/** Days that an unsigned case may wait before it is marked, and marked more. */
export const WAITS = { long: 3, tooLong: 7 } as const

/** Whole days since a marrow was received (YYYY-MM-DD). */
export const daysSince = (receivedOn: string, at: number): number =>
  Math.max(0, Math.floor((at - Date.parse(receivedOn)) / DAY))
