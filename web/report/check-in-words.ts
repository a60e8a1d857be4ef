import { CELL_CLASS_INFO, REPORT_PARTS } from '../../cytology/index.ts'
import type { Checks } from '../api/types.ts'

type Words = (key: string, values?: Record<string, unknown>) => string

/** What stands before signing, as a sentence. */
export function checkInWords(check: Checks[number], t: Words, lang: 'en' | 'zh'): string {
  const { code, count, fields = [], found = [], numbers } = check
  const named = numbers?.types.map((type) => CELL_CLASS_INFO[type][lang]) ?? []
  return t(`check.${code}`, {
    n: count,
    fields: fields.join(', '),
    found: found.map((one) => t('check.inWord', one)).join(', '),
    types: named.join(lang === 'zh' ? '、' : ', '),
    part: numbers?.part ? REPORT_PARTS[numbers.part][lang] : '',
    words: numbers?.words ?? '',
    counted: numbers ? counted(numbers, t) : '',
  })
}

/** '40.0 % (30.3–50.3), usual 0–2'; a ratio and a number of megakaryocytes have no sign of percent. */
function counted(
  { value, low, high, reference, types }: NonNullable<Checks[number]['numbers']>,
  t: Words,
): string {
  if (value === null) return ''
  const unit = types.length > 0 ? ' %' : ''
  const interval = low !== null && high !== null && low !== high ? ` (${round(low)}–${round(high)})` : ''
  const usual = reference ? t('check.usual', { range: reference }) : ''
  return `${round(value)}${unit}${interval}${usual}`
}

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))
