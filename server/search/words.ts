import type { CaseStatus } from '../database/schema.ts'
import { compact, fold } from './fold.ts'
import { HAN } from './name-sound.ts'
import { LONGEST_PIECE, LONGEST_TERM } from './terms.ts'

/** What was typed: words with which terms must begin, the days and the states that were named. */
export interface Words {
  words: string[]
  statuses: CaseStatus[]
  /** Beginnings of YYYY-MM-DD. */
  dates: string[]
  /** Something was typed that no term can begin with: nothing is found. */
  nothing: boolean
}

/** What a state is called; from the fourth letter, or the second Chinese character, on it is understood. */
const STATUS_NAMES: readonly [CaseStatus, readonly string[]][] = [
  ['pending', ['pending', '待处理']],
  ['analysing', ['analysing', 'analyzing', '分析中']],
  ['in_review', ['inreview', 'review', '审核中']],
  ['signed', ['signed', '已签发']],
  ['addended', ['addended', '已补充']],
]
/** More than a person types; each one more is one more look into the index. */
const MOST_WORDS = 8

export function searchWords(typed: string): Words {
  const found: Words = { words: [], statuses: [], dates: [], nothing: false }
  for (const word of fold(typed).split(' ').filter(Boolean).slice(0, MOST_WORDS)) {
    const status = statusOf(word)
    const date = dateOf(word)
    const beginnings = status || date ? [] : beginningsOf(word)
    if (status) found.statuses.push(status)
    else if (date) found.dates.push(date)
    else if (beginnings.length === 0) found.nothing = true
    else found.words.push(...beginnings)
  }
  return found
}

function statusOf(word: string): CaseStatus | undefined {
  const bare = compact(word)
  if ([...bare].length < (HAN.test(bare) ? 2 : 4)) return undefined
  return STATUS_NAMES.find(([, names]) => names.some((name) => name.startsWith(bare)))?.[0]
}

function beginningsOf(word: string): string[] {
  // Terms are kept from each Chinese character and from each Latin word on, but not from where one meets the other.
  const parts = HAN.test(word) ? word.split(/(\p{Script=Han}+)/u) : [word]
  return parts
    .map((part) => [...compact(part)].slice(0, HAN.test(part) ? LONGEST_PIECE : LONGEST_TERM).join(''))
    .filter(Boolean)
}

/** 2026, 2026-1, 2026/01/2 and 2026年1月2日 as the beginning of 2026-01-02. */
function dateOf(word: string): string | undefined {
  const match = /^((?:19|20)\d\d)(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})日?)?)?$/.exec(word)
  if (!match) return undefined
  const [, year, month, day] = match
  if (Number(month ?? 1) < 1 || Number(month ?? 1) > 12 || Number(day ?? 1) > 31) return undefined
  return [year, month, day].flatMap((part) => (part ? [part.padStart(2, '0')] : [])).join('-')
}
