import { createI18n } from 'vue-i18n'

export type Locale = 'en' | 'zh'

/** The words of a language, with its sentences for refusals; the server's own are English. */
const LANGUAGES = {
  en: async () => ({ messages: (await import('./en.ts')).en, errors: {} }),
  zh: async () => {
    const [{ zh }, { ERRORS_ZH }] = await Promise.all([import('./zh.ts'), import('./errors-zh.ts')])
    return { messages: zh, errors: ERRORS_ZH }
  },
}
const kept = localStorage.getItem('locale')
const first: Locale =
  kept === 'zh' || kept === 'en' ? kept : navigator.language.startsWith('zh') ? 'zh' : 'en'
let refusals: Readonly<Record<string, string>> = {}

export const i18n = createI18n({ legacy: false, locale: first, fallbackLocale: false, messages: {} })

/** Loads the words of a language where they are not there, and turns the pages to it. Errors: where they cannot be loaded. */
async function turnTo(locale: Locale): Promise<void> {
  const { messages, errors } = await LANGUAGES[locale]()
  i18n.global.setLocaleMessage(locale, messages)
  refusals = errors
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** ms after which the other language is fetched too, so that it is there while the server is away. */
const LATER = 3000

/** The language of before, or of the browser. Errors: see `turnTo`. */
export async function loadLocale(): Promise<void> {
  await turnTo(first)
  setTimeout(() => LANGUAGES[first === 'en' ? 'zh' : 'en']().catch(() => undefined), LATER)
}

/** While the server is away the language stays; the page says that it is away. */
export async function setLocale(locale: Locale): Promise<void> {
  try {
    await turnTo(locale)
    localStorage.setItem('locale', locale)
  } catch {}
}

/** Why a job failed, as its row keeps it: a code and the server's sentence, or a sentence alone. */
export function keptRefusal(text: string): string {
  const [, code, message] = /^([A-Z_]+): (.*)$/s.exec(text) ?? []
  return code && message ? refusal(code, message) : text
}

/** What a refusal with this code is told as; `message` is the server's English sentence, `details` has the values that a sentence names. */
export function refusal(code: string, message: string, details?: unknown): string {
  const sentence = refusals[code]
  if (!sentence) return message
  const values = (details ?? {}) as Record<string, unknown>
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '–'))
}
