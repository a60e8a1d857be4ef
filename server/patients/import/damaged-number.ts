/** What spreadsheets and other programs make of a number that is none to count with. */
const DAMAGED: readonly RegExp[] = [
  // 1.23457E+11, 2.024e+10, 1,2E+05: the other digits are gone
  /^[-+]?\d(?:[.,]\d+)?E[-+]\d{1,3}$/i,
  /^[-+]?\d[.,]\d+E\d{1,3}$/i,
  // 123456789012345000: after the fifteenth digit a spreadsheet writes zeros
  /^\d{15}0+$/,
  // 125.0, 00125,00
  /^\d+[.,]0+$/,
  // ="00123", '00123, `00123: signs that were to keep a spreadsheet from damaging it, and are no part of it
  /^[=+@'`\u2018\u2019"]/,
  // #N/A, #REF!, #NAME?, ####
  /^#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|#+$)/i,
  // 2024-03-01 00:00:00, Mar-24, 3月24日: a number like 24-3 was taken for a day
  /\d{1,2}:\d{2}(?::\d{2})?$/,
  /^(?:\d{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-\d{2,4}$/i,
  /^\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/i,
  /^(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?$/,
]

/** Whether a patient's or a case's number is not what was written once: which one it was cannot be known. */
export function isDamaged(number: string): boolean {
  const text = number.normalize('NFKC').trim()
  return DAMAGED.some((form) => form.test(text))
}
