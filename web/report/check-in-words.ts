import type { useI18n } from 'vue-i18n'
import type { Checks } from '../api/types.ts'

/** What stands before signing, as a sentence. */
export const checkInWords = (
  { code, count, fields = [], found = [] }: Checks[number],
  t: ReturnType<typeof useI18n>['t'],
): string =>
  t(`check.${code}`, {
    n: count,
    fields: fields.join(', '),
    found: found.map((one) => t('check.inWord', one)).join(', '),
  })
