/** Text as runs of one font each, as a report prints it. */
import { canLayOut, type Font, fontFor, has } from './fonts.ts'

export interface Run {
  text: string
  font: Font
  /** Its letters are written from right to left. */
  rtl?: true
  /** OpenType features of the font that differ from the usual. */
  fontFeatures?: Readonly<Record<string, boolean>>
}

/** Noto's Mongolian has rules that fontkit 2.0.4 cannot read; without them each letter has the usual one of its joined forms. */
const FEATURES: Partial<Record<Font, Run['fontFeatures']>> = { Mongolian: { calt: false, rclt: false } }
/** No rule of a font's but those without which letters are not joined: for what cannot be laid out by all of them. */
const FEW_FEATURES = Object.fromEntries(
  ['mark', 'mkmk', 'abvm', 'blwm', 'dist', 'kern', 'curs', 'calt', 'rclt', 'clig', 'liga'].map((name) => [
    name,
    false,
  ]),
)

/** Marks that are drawn as nothing, or tell directions, which the order of the runs knows already. */
const UNSEEN = /(?!\p{M})\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]|(?![\n\r\t])\p{Cc}/gu
/** What joins or parts letters, or chooses their form: kept where the font of the letters has it. */
const JOINERS = /[\u180b-\u180f\u200c\u200d]/u
const VARIANTS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu
const CJK = String.raw`\p{sc=Han}\u3000-\u303f\uff00-\uffef`
const RTL = String.raw`\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}`
/** Spaces; Chinese; letters from right to left with the signs on them; anything else: a font is chosen for the whole, if one has it. */
const PIECES = new RegExp(
  `\\s+|[${CJK}]+|[${RTL}][${RTL}\\p{M}\\u0640\\u200c\\u200d]*|[^\\s${CJK}${RTL}]+`,
  'gu',
)
const IS_RTL = new RegExp(`[${RTL}]`, 'u')
const BRACKET = /([()[\]{}«»‹›《》（）])/u
const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The runs of a text, one after the other. A character that no font has is printed as its code. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  const cleaned = clean(text)
  const turns = IS_RTL.test(cleaned)
  let alone = false
  const add = (more: string, font: Font, rtl: boolean, bracket = false) => {
    const last = runs.at(-1)
    if (last && !bracket && !alone && last.font === font && (last.rtl ?? false) === rtl) last.text += more
    else runs.push({ text: more, font, ...(rtl && { rtl }) })
    alone = bracket
  }
  for (const [piece] of cleaned.matchAll(PIECES)) {
    // A space belongs to the word before it, so that lines break behind it.
    if (/^\s/.test(piece)) {
      const { font = 'Noto', rtl = false } = runs.at(-1) ?? {}
      const wasAlone: boolean = alone
      alone = false
      if (has(font, 0x20)) add(piece, font, rtl)
      else add(piece, 'Noto', false)
      alone = wasAlone
      continue
    }
    const rtl = IS_RTL.test(piece)
    // Among words from right to left a bracket is turned round, so it is a run of its own there.
    for (const part of turns && !rtl ? piece.split(BRACKET) : [piece]) {
      if (part === '') continue
      const whole = fontFor(part)
      if (whole) add(part, whole, rtl, turns && BRACKET.test(part))
      else for (const { text: one, font } of ofClusters(part)) add(one, font, rtl)
    }
  }
  return runs.map(laidOut)
}

/** The run with the features by which it can be laid out; where it cannot at all, as its codes. */
function laidOut(run: Run): Run {
  const { text, font } = run
  if (font === 'Noto') return run
  for (const fontFeatures of [FEATURES[font], FEW_FEATURES]) {
    if (canLayOut(font, text, fontFeatures)) return { ...run, ...(fontFeatures && { fontFeatures }) }
  }
  return { text: `[${codesOf(text)}]`, font: 'Noto' }
}

/** Whether a text needs no other font and no change. */
export const isPlain = (text: string): boolean =>
  clean(text) === text && fontFor(text.replace(/[\n\r]/g, '')) === 'Noto'

/** What no font has, with the words in which it stands; each character once. */
export function unprintable(texts: Iterable<string>): { character: string; word: string }[] {
  const found = new Map<string, string>()
  for (const text of texts) {
    for (const [word] of clean(text).matchAll(/\S+/gu)) {
      if (fontFor(word)) continue
      for (const { segment } of clusters.segment(word)) {
        if (!drawn(segment) && !found.has(segment)) found.set(segment, [...word].slice(0, 40).join(''))
      }
    }
  }
  return [...found].map(([character, word]) => ({ character, word }))
}

function ofClusters(piece: string): { text: string; font: Font }[] {
  return [...clusters.segment(piece)].map(
    ({ segment }) => drawn(segment) ?? { text: `[${codesOf(segment)}]`, font: 'Noto' },
  )
}

/** A character with the signs on it, as some font has it: as it stands, composed, or without a choice of its form. */
function drawn(cluster: string): { text: string; font: Font } | undefined {
  for (const text of [
    cluster,
    cluster.normalize('NFC'),
    cluster.replace(JOINERS, ''),
    cluster.replace(VARIANTS, ''),
  ]) {
    const font = fontFor(text)
    if (font) return { text, font }
  }
  return undefined
}

const codesOf = (cluster: string): string =>
  [...cluster].map((one) => `U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

/** Without what is not drawn; unusual spaces are usual ones. */
const clean = (text: string): string =>
  text
    .replace(/[\u2028\u2029\v\f\u0085]/g, '\n')
    .replace(UNSEEN, (sign) => (JOINERS.test(sign) ? sign : ''))
    .replace(/\p{Zs}|\t/gu, (space) => (space === '\u3000' || space === '\u00a0' ? space : ' '))
