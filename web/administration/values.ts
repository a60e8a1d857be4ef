/** Figures as a person reads them; the API's are bytes and milliseconds. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** Powers of 1000, as disks are sold: 1.2 GB. */
export function bytesText(bytes: number): string {
  let unit = 0
  let value = bytes
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}

const STEPS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const

/** The largest unit of which there are at least two, in the words of the language: 3 days, 90 minutes. */
export function durationText(ms: number, locale: string): string {
  const [size, unit] = STEPS.find(([step]) => ms >= 2 * step) ?? [1, 'millisecond']
  const digits = unit === 'millisecond' ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'millisecond' ? 'short' : 'long',
    maximumFractionDigits: digits,
  }).format(ms / size)
}

/** The values of a part by what their names end in: …Bytes, …Ms, …At. */
export function valuesText(
  values: Readonly<Record<string, string | number | null>>,
  locale: string,
): Record<string, string> {
  const text = (name: string, value: string | number | null): string => {
    if (value === null) return '–'
    if (typeof value === 'string') return value
    if (name.endsWith('Bytes')) return bytesText(value)
    if (name.endsWith('Ms')) return durationText(value, locale)
    if (name.endsWith('At')) return new Date(value).toLocaleString(locale)
    return value.toLocaleString(locale)
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(name, value)]))
}
