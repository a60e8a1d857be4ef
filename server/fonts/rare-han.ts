/**
 * Han that other fonts lack: Hanazono Mincho (free: its own licence or the OFL), which has Unicode's extensions A to F. It comes in
 * files of about 1,000 characters, of which only those are read that a text needs.
 */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { decompress } from 'wawoff2'

const { resolve } = createRequire(import.meta.url)

/** The name of one file of the font. */
export type RareHan = `HanaMin${string}`
export const isRareHan = (font: string): font is RareHan => font.startsWith('HanaMin')

export const rareHanFile = (font: RareHan): string => resolve(`hanamin/${font}.woff2`)

/** The file as TrueType, of which PDFKit can cut out what is used. */
export const rareHanTrueType = async (font: RareHan): Promise<Buffer> =>
  Buffer.from(await decompress(await readFile(rareHanFile(font))))

interface Face {
  font: RareHan
  ranges: (readonly [from: number, to: number])[]
}
let faces: Face[] | undefined

/** Which file should have a Han character, as the font's style sheet says; undefined where none does. */
export function rareHanOf(codePoint: number): RareHan | undefined {
  faces ??= readFaces()
  return faces.find(({ ranges }) => ranges.some(([from, to]) => from <= codePoint && codePoint <= to))?.font
}

function readFaces(): Face[] {
  const sheet = readFileSync(resolve('hanamin/HanaMin.css'), 'utf8')
  const each = sheet.matchAll(/url\((HanaMin[\w.-]*Ideographs[\w.-]*)\.woff2\)[^}]*?unicode-range:([^;}]*)/g)
  return [...each].map(([, font, list]) => ({
    font: font as RareHan,
    ranges: list!.split(',').map((range) => {
      const [from, to = from] = range.replace(/U\+/i, '').trim().split('-')
      return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)] as const
    }),
  }))
}
