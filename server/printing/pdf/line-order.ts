/**
 * Words from right to left in their order within a line. PDFKit draws each word from right to left with its letters joined, and
 * pdfmake sets the words from left to right; so those of a line are turned round before it is drawn.
 *
 * After the Unicode bidirectional algorithm (UAX #9) for text whose paragraphs run from left to right, as a report's do; figures between
 * or behind such words stand with them.
 */
import { createRequire } from 'node:module'

interface Inline {
  text: string
  x: number
  width: number
  trailingCut: number
  rtl?: true
}
interface Line {
  inlines: Inline[]
}

const MIRRORED: Readonly<Record<string, string>> = {
  ...{ '(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<' },
  ...{ '«': '»', '»': '«', '‹': '›', '›': '‹', '《': '》', '》': '《', '（': '）', '）': '（' },
}

const OPENING = /^[([{«‹《（]/u
const CLOSING = /^[)\]}»›》）]/u
const FIGURES = /^\p{N}[\p{N}.,:/-]*\s*$/u

const turned = new WeakSet<Inline[]>()

/** Turns the words of a line round where they run from right to left; once, for a table's heading is drawn on every page. */
export function turnRound({ inlines }: Line): void {
  if (turned.has(inlines) || !inlines.some(({ rtl }) => rtl)) return
  turned.add(inlines)
  for (let from = 0; from < inlines.length; from++) {
    if (!inlines[from]!.rtl) continue
    const to = lastOf(inlines, from)
    turn(inlines.slice(from, to + 1))
    from = to
  }
}

/**
 * Up to which word those from right to left go on: signs and figures between two of them, figures right behind one, and the brackets
 * round them do not end them.
 */
function lastOf(inlines: readonly Inline[], from: number): number {
  let last = from
  let open = 0
  for (let i = from + 1; i < inlines.length; i++) {
    const { rtl, text } = inlines[i]!
    if (rtl) last = i
    else if (/\p{L}/u.test(text)) break
    else if (OPENING.test(text)) open++
    else if (CLOSING.test(text) && open > 0) {
      open--
      if (last === i - 1) last = i
    } else if (FIGURES.test(text) && last === i - 1) last = i
  }
  return last
}

/** Draws the last of them first. A space behind the last one stays at its place, before what follows. */
function turn(words: readonly Inline[]): void {
  let x = words[0]!.x - words.at(-1)!.trailingCut
  for (const word of words.toReversed()) {
    word.x = x
    x += word.width
    // PDFKit turns round the signs of a word only where it has letters from right to left.
    if (!word.rtl && !/\p{N}/u.test(word.text))
      word.text = [...word.text]
        .reverse()
        .map((sign) => MIRRORED[sign] ?? sign)
        .join('')
    else if (!word.rtl) word.text = word.text.replace(/^(.*?)(\s+)$/u, '$2$1')
  }
}

/** Makes pdfmake draw lines so. */
export function installLineOrder(): void {
  const { default: Renderer } = createRequire(import.meta.url)('pdfmake/js/Renderer.js') as {
    default: { prototype: { renderLine(line: Line, ...place: unknown[]): void } }
  }
  const draw = Renderer.prototype.renderLine
  Renderer.prototype.renderLine = function (line, ...place) {
    turnRound(line)
    draw.call(this, line, ...place)
  }
}
