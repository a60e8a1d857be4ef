/**
 * The words by which a patient or a case is found. A search finds what has a term that begins with the word typed, so a
 * Chinese name or diagnosis is kept from each of its characters on: 白血病 finds 急性白血病. Signs are left out.
 */
import { compact, fold } from './fold.ts'
import { HAN, initialsOf, readings } from './name-sound.ts'

/** Characters; the width of the column. */
export const LONGEST_TERM = 64
/** Characters that are kept of a piece of Chinese text. */
export const LONGEST_PIECE = 12
/** Of one text, so that a long one does not fill the index. */
const MOST_TERMS = 40
/** Parts of a name from which a search may begin. */
const MOST_PARTS = 4

/** Terms of a patient, by all that it is called. */
export function patientTerms({ name, hospitalNumber }: { name: string; hospitalNumber: string }): string[] {
  return unique([...nameTerms(name), ...numberTerms(hospitalNumber)])
}

/** Terms of a case; `receivedOn` is YYYY-MM-DD, so that a year and a month find it as well. */
export function caseTerms({
  marrowNumber,
  receivedOn,
  diagnosis,
}: {
  marrowNumber: string
  receivedOn: string
  diagnosis: string
}): string[] {
  return unique([
    ...numberTerms(marrowNumber),
    receivedOn,
    ...unique(textTerms(diagnosis)).slice(0, MOST_TERMS),
  ])
}

function nameTerms(name: string): string[] {
  const terms = unique(textTerms(name)).slice(0, MOST_TERMS)
  for (const syllables of readings(name)) {
    for (const spelt of spellings(syllables)) {
      for (let from = 0; from < Math.min(spelt.length, MOST_PARTS); from++) {
        terms.push(spelt.slice(from).join(''))
      }
    }
    terms.push(initialsOf(syllables))
    // 王小明 as wangxm, 欧阳修 as ouyangx: some of it in full, of the rest the first letters.
    for (const spelt of spellings(syllables)) {
      for (let full = 1; full < Math.min(spelt.length, MOST_PARTS); full++) {
        terms.push(spelt.slice(0, full).join('') + initialsOf(spelt.slice(full)))
      }
    }
  }
  return terms
}

/** ü is typed as v, and written as u or yu in a passport. */
function spellings(syllables: string[]): string[][] {
  if (!syllables.some((syllable) => /^[ln]v/.test(syllable))) return [syllables]
  return ['v', 'u', 'yu'].map((as) => syllables.map((syllable) => syllable.replace(/^([ln])v/, `$1${as}`)))
}

/** A number as it is written, without its signs, from each of its parts on, and without leading zeros. */
function numberTerms(number: string): string[] {
  const whole = fold(number)
  const parts = whole.split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{Script=Han})(?=\P{Script=Han})/u)
  const bare = [whole, ...parts.map((_, from) => parts.slice(from).join(''))]
  return [...bare, ...bare.map((part) => part.replace(/^0+(?=.)/, ''))]
}

function textTerms(text: string): string[] {
  const words = fold(text).split(/[\s,;:，；：。、()（）]+/u)
  return [
    ...words.map(compact),
    ...words
      .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
      .flatMap((part) => part.split(/(\p{Script=Han}+)/u))
      .flatMap((part) => (HAN.test(part) ? fromEach([...part]) : [part])),
  ]
}

const fromEach = (characters: string[]): string[] =>
  characters.map((_, from) => characters.slice(from, from + LONGEST_PIECE).join(''))

const unique = (terms: readonly string[]): string[] => [
  ...new Set(terms.map((term) => [...term].slice(0, LONGEST_TERM).join('').trim()).filter(Boolean)),
]
