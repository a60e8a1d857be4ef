/** How a name sounds and the words by which a patient or a case was found when 0004 was written; search/ may differ since. */
import { pinyin } from 'pinyin-pro'

const HAN = /\p{Script=Han}/u
const LONGEST_NAME = 190
const LONGEST_INITIALS = 64
/** Characters; the width of the column. */
const LONGEST_TERM = 64
/** Characters that are kept of a piece of Chinese text. */
const LONGEST_PIECE = 12
/** Of one text, so that a long one does not fill the index. */
const MOST_TERMS = 40
/** Parts of a name from which a search may begin. */
const MOST_PARTS = 4

export function nameSound(name: string): { pinyin: string; initials: string } {
  const [first = []] = readings(name)
  return {
    pinyin: first.join('').slice(0, LONGEST_NAME),
    initials: initialsOf(first).slice(0, LONGEST_INITIALS),
  }
}

export const patientTerms = (name: string, hospitalNumber: string): string[] =>
  unique([...nameTerms(name), ...numberTerms(hospitalNumber)])

export const caseTerms = (marrowNumber: string, receivedOn: string): string[] =>
  unique([...numberTerms(marrowNumber), receivedOn])

function nameTerms(name: string): string[] {
  const terms = unique(textTerms(name)).slice(0, MOST_TERMS)
  for (const syllables of readings(name)) {
    for (const spelt of spellings(syllables)) {
      for (let from = 0; from < Math.min(spelt.length, MOST_PARTS); from++) {
        terms.push(spelt.slice(from).join(''))
      }
    }
    terms.push(initialsOf(syllables))
  }
  return terms
}

/** The syllables of a name as a surname is read, and as the characters are read elsewhere where that differs. */
function readings(name: string): string[][] {
  const clean = fold(name)
  if (!HAN.test(clean)) return [clean.split(' ').map(compact).filter(Boolean)]
  const as = (surname: 'head' | 'off') =>
    clean
      .split(/(\p{Script=Han}+)/u)
      .flatMap((part) => (HAN.test(part) ? syllables(part, surname) : part.split(' ').map(compact)))
      .filter((part) => part !== '' && !HAN.test(part))
  const [likely, other] = [as('head'), as('off')]
  return likely.join(' ') === other.join(' ') ? [likely] : [likely, other]
}

function syllables(han: string, surname: 'head' | 'off'): string[] {
  return pinyin(han, { toneType: 'none', type: 'array', v: true, surname }).map((syllable) => fold(syllable))
}

const initialsOf = (syllables: readonly string[]): string =>
  syllables.map((syllable) => [...syllable][0]).join('')

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

/** Full-width as half-width, lower case, without accents, one space between words. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
}

/** What is neither letter nor digit is left out. */
const compact = (folded: string): string => folded.replace(/[^\p{L}\p{N}]+/gu, '')
