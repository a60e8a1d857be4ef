/** Numbers of patients and cases: how they are kept, and what makes two of them the same to a person who reads them. */

/** Characters of the column that holds a key. */
const LONGEST_KEY = 190
/** Drawn as nothing: joiners, marks of direction, soft hyphens, fillers, the mark at a file's start, control characters. */
const UNSEEN = /(?!\p{M})[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]|(?!\s)\p{Cc}/gu
/** Marks that choose a variant of the sign before them: part of how it was written, nothing to tell numbers apart by. */
const VARIANTS = /\p{Default_Ignorable_Code_Point}/gu
/** What is read as a hyphen: dashes, minus signs, a bullet and the lines that are typed for one. */
const DASHES = /[\p{Pd}\u02d7\u2043\u2212\u2500\u2501\u2796\u30fc]/gu

/** A number as it is kept and shown: as it was written, without what nobody sees. */
export const writtenNumber = (text: string): string => text.replace(UNSEEN, '').trim()

/**
 * What two numbers have in common that a person takes for the same: wide letters are narrow ones, one kind of dash, one space,
 * no regard to letters' case or to what is not seen. '' is no number.
 */
export function numberKey(text: string): string {
  const plain = (one: string) =>
    writtenNumber(one.normalize('NFKC')).replace(VARIANTS, '').replace(DASHES, '-')
  const lower = plain(text).toUpperCase().toLowerCase()
  return [...plain(lower).replace(/\s+/gu, ' ').trim()].slice(0, LONGEST_KEY).join('').trim()
}
