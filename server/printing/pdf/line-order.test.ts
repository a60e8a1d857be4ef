import { expect, test } from 'vitest'
import { turnRound } from './line-order.ts'

/** Words of a line as pdfmake sets them, each as wide as it is long; those with a capital run from right to left. */
function drawn(...texts: string[]): string {
  let x = 0
  const inlines = texts.map((text) => {
    const trailingCut = text.length - text.trimEnd().length
    const inline = {
      text,
      x,
      width: text.length,
      trailingCut,
      ...(/[A-Z]/.test(text) && { rtl: true as const }),
    }
    x += text.length
    return inline
  })
  turnRound({ inlines })
  turnRound({ inlines })
  const line = Array<string>(x + 1).fill(' ')
  for (const { text, x: at, rtl } of inlines) {
    const signs = rtl ? [...text].reverse() : [...text]
    for (const [i, sign] of signs.entries()) if (sign !== ' ') line[at + i] = sign
  }
  return line.join('').trimEnd()
}

test.each([
  [['abc ', 'def'], 'abc def'],
  [['AB ', 'CD'], 'DC BA'],
  [['x ', 'AB ', 'CD ', 'y'], 'x DC BA y'],
  [['AB ', '12 ', 'CD'], 'DC 12 BA'],
  [['AB ', '12 ', 'y'], '12 BA y'],
  [['12 ', 'AB'], '12 BA'],
  [['AB ', '(', 'CD', ') ', 'y'], '(DC) BA y'],
  [['x (', 'AB ', 'CD', ') ', 'y'], 'x (DC BA) y'],
  [['AB', ', ', 'CD', '. '], 'DC ,BA.'],
  [['AB ', 'x ', 'CD'], 'BA x DC'],
])('%j is drawn as %s', (texts, line) => expect(drawn(...texts)).toBe(line))
