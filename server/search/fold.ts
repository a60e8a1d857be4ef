/** Text as it is compared in a search: full-width as half-width, lower case, without accents, one space between words. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
}

/** What is neither letter nor digit is left out: H-100 and h100 are the same number. */
export const compact = (folded: string): string => folded.replace(/[^\p{L}\p{N}]+/gu, '')
