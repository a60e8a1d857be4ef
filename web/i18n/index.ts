import { createI18n } from 'vue-i18n'
import { en } from './en.ts'
import { ERRORS_ZH } from './errors-zh.ts'
import { zh } from './zh.ts'

export type Locale = 'en' | 'zh'

const kept = localStorage.getItem('locale')
const first: Locale =
  kept === 'zh' || kept === 'en' ? kept : navigator.language.startsWith('zh') ? 'zh' : 'en'

export const i18n = createI18n({ legacy: false, locale: first, fallbackLocale: 'en', messages: { en, zh } })
document.documentElement.lang = first

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  localStorage.setItem('locale', locale)
}

/** Why a job failed, as its row keeps it: a code and the server's sentence, or a sentence alone. */
export function keptRefusal(text: string): string {
  const [, code, message] = /^([A-Z_]+): (.*)$/s.exec(text) ?? []
  return code && message ? refusal(code, message) : text
}

/** What a refusal with this code is told as; `message` is the server's English sentence, `details` has the values that a Chinese one names. */
export function refusal(code: string, message: string, details?: unknown): string {
  const sentence = i18n.global.locale.value === 'zh' ? ERRORS_ZH[code] : undefined
  if (!sentence) return message
  const values = (details ?? {}) as Record<string, unknown>
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '–'))
}
