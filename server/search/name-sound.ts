import { pinyin } from 'pinyin-pro'
import { compact, fold } from './fold.ts'

export const HAN = /\p{Script=Han}/u
const LONGEST_NAME = 190
const LONGEST_INITIALS = 64

/**
 * How a name sounds: Chinese characters as pinyin without tones ('欧阳修' → 'ouyangxiu', 'oyx'; ü is v, as it is typed),
 * other writing as it is, folded ('Anna Bohr' → 'annabohr', 'ab').
 */
export function nameSound(name: string): { pinyin: string; initials: string } {
  const [first = []] = readings(name)
  return {
    pinyin: first.join('').slice(0, LONGEST_NAME),
    initials: initialsOf(first).slice(0, LONGEST_INITIALS),
  }
}

export const initialsOf = (syllables: readonly string[]): string =>
  syllables.map((syllable) => [...syllable][0]).join('')

/**
 * The syllables of a name, in the order in which they are likely: as a surname is read (单 Shan, 仇 Qiu), and as the
 * characters are read elsewhere (dan, chou) where that differs. A word in Latin letters is one syllable.
 */
export function readings(name: string): string[][] {
  const clean = fold(name)
  if (!HAN.test(clean)) return [clean.split(' ').map(compact).filter(Boolean)]
  const as = (surname: 'head' | 'off') =>
    clean
      .split(/(\p{Script=Han}+)/u)
      .flatMap((part) => (HAN.test(part) ? syllables(part, surname) : part.split(' ').map(compact)))
      // A character whose reading nobody knows has none.
      .filter((part) => part !== '' && !HAN.test(part))
  const [likely, other] = [as('head'), as('off')]
  return likely.join(' ') === other.join(' ') ? [likely] : [likely, other]
}

function syllables(han: string, surname: 'head' | 'off'): string[] {
  return pinyin(han, { toneType: 'none', type: 'array', v: true, surname }).map((syllable) => fold(syllable))
}
