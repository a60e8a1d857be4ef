/** A time of day behind a day, and the zone that it is told in. */
const TIME =
  /(?:[T\s]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?\s*(?<zone>Z|[-+]\d{2}(?::?\d{2})?)?)?$/
    .source
const FORMS = [
  // 1960-2-3, 1960/02/03, 1960.2.3, 1960年2月3日, each also with a time behind it
  new RegExp(`${/^(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})日?/.source}${TIME}`, 'i'),
  // 19600203
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  // 3.2.1960; with a slash it would be the third of February to one and the second of March to another
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
] as const
const FIRST_YEAR = 1880
/** What programs write for a day that nobody gave. */
const NO_BIRTHS = ['1899-12-30', '1899-12-31', '1900-01-01']

interface Moment {
  day: string
  /** Seconds since midnight. */
  time: number
  /** Whether a time stands there, and in which zone: 'Z' also for an offset of none. */
  zone: string | undefined
}

/**
 * YYYY-MM-DD of a day as files write it; undefined where there is no such day, or it could be one of two. With a time of day the
 * day is that of the place whose offset stands there. A time in UTC may be of another day where the file was written:
 * 1960-02-02T16:00:00Z is midnight of the third in China. Midnight in UTC is what programs make of a mere day.
 */
export function readDate(text: string): string | undefined {
  const moment = read(text)
  return moment && !(moment.zone === 'Z' && moment.time > 0) ? moment.day : undefined
}

/** As `readDate`, of a day of birth: nobody writes a time behind it that is a whole hour other than midnight, unless by a shift of zones. */
export function readBirthDate(text: string): string | undefined {
  const day = readDate(text)
  const { time = 0, zone } = read(text) ?? {}
  const isShifted = time > 0 && (zone !== undefined || time % 3600 === 0)
  return day === undefined || isShifted || NO_BIRTHS.includes(day) ? undefined : day
}

function read(text: string): Moment | undefined {
  for (const form of FORMS) {
    const groups = form.exec(text.normalize('NFKC').trim())?.groups
    if (!groups) continue
    const { y, m, d, hour = '0', minute = '0', second = '0', zone } = groups
    const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
    const exists = date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d)
    if (!exists || Number(y) < FIRST_YEAR) return undefined
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
    const time = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
    const isUtc = zone !== undefined && /^(?:Z|[-+]00(?::?00)?)$/i.test(zone)
    return { day: date.toISOString().slice(0, 10), time, zone: isUtc ? 'Z' : zone }
  }
  return undefined
}
