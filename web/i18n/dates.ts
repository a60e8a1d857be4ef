/** The one form of days and times on the pages: '30 Nov 2026, 17:55' and '2026年11月30日 17:55'. */
import { i18n, type Locale } from './index.ts'

const TAG = { en: 'en-GB', zh: 'zh-CN' } as const
const DAY = { year: 'numeric', month: 'short', day: 'numeric' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const here = (): Locale => i18n.global.locale.value as Locale

const written = (at: Date, form: Intl.DateTimeFormatOptions, locale: Locale) =>
  at.toLocaleString(TAG[locale], form)

/** A time, ms. */
export const momentText = (at: number, locale = here()): string =>
  written(new Date(at), { ...DAY, ...CLOCK }, locale)

/** A day: YYYY-MM-DD, or that of a time, ms. Empty for an empty one. */
export const dayText = (day: string | number | null, locale = here()): string =>
  day === null || day === ''
    ? ''
    : written(new Date(typeof day === 'string' ? `${day}T00:00` : day), DAY, locale)

/** A time of today, ms, to the second. */
export const clockText = (at: number, locale = here()): string =>
  written(new Date(at), { ...CLOCK, second: '2-digit' }, locale)
