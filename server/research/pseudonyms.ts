import { randomInt } from 'node:crypto'

const DAY = 86_400_000
/** Days by which a patient's dates may be moved, either way. */
const REACH = 365
/** Letters and digits that are not taken for one another. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** From this age on people are so few that the age itself tells who it is (HIPAA, 45 CFR 164.514(b)(2)(i)(C)). */
const OLDEST = 90

/**
 * The names under which one export tells patients, cases, people and dates apart. They are drawn at random and kept nowhere,
 * so that two exports cannot be joined, nor one led back.
 */
export class Pseudonyms {
  readonly #given = new Map<string, string>()
  readonly #taken = new Set<string>()
  readonly #shifts = new Map<string, number>()

  /** The same for the same thing: `P-` a patient, `S-` a case, `R-` a reader. */
  of(kind: 'P' | 'S' | 'R', id: string): string {
    const key = `${kind} ${id}`
    const there = this.#given.get(key)
    if (there) return there
    let name: string
    do {
      name = `${kind}-${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
    } while (this.#taken.has(name))
    this.#taken.add(name)
    this.#given.set(key, name)
    return name
  }

  /** A day moved by what all days of this patient are moved by: what lies between two of them stays. '' for no day. */
  day(patientId: string, day: string | number | null): string {
    const at = typeof day === 'number' ? Math.floor(day / DAY) * DAY : Date.parse(`${day}T00:00:00Z`)
    if (day === null || !Number.isFinite(at)) return ''
    let shift = this.#shifts.get(patientId)
    if (shift === undefined) {
      shift = randomInt(1, REACH + 1) * (randomInt(2) === 0 ? 1 : -1)
      this.#shifts.set(patientId, shift)
    }
    return new Date(at + shift * DAY).toISOString().slice(0, 10)
  }
}

/** Whole years from birth to `day`; '90+' from ninety on, '' where it is not known. */
export function ageIn(birthDate: string | null, day: string): string {
  const [born, then] = [Date.parse(birthDate ?? ''), Date.parse(day)]
  if (!Number.isFinite(born) || !Number.isFinite(then) || then < born) return ''
  const [from, to] = [new Date(born), new Date(then)]
  const before =
    to.getUTCMonth() * 100 + to.getUTCDate() < from.getUTCMonth() * 100 + from.getUTCDate() ? 1 : 0
  const years = to.getUTCFullYear() - from.getUTCFullYear() - before
  return years >= OLDEST ? `${OLDEST}+` : String(years)
}
