/** The fonts that reports are printed with, all free (OFL; DejaVu: its own free licence), and the characters that each has. */
import { createRequire } from 'node:module'
import { openSync } from 'fontkit'
import { isRareHan, type RareHan, rareHanFile, rareHanOf } from './rare-han.ts'

const { resolve } = createRequire(import.meta.url)
const google = (name: string, bold = '700Bold') => {
  const file = name
    .split('-')
    .map((part) => (part === 'sc' ? 'SC' : part[0]!.toUpperCase() + part.slice(1)))
    .join('')
  const path = (weight: string) => resolve(`@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`)
  return { normal: path('400Regular'), bold: path(bold) }
}

/**
 * Of two that have a character the first is taken: Chinese with the usual Latin and Greek; Latin, Cyrillic and Arabic in full with
 * raised and lowered figures and signs; Tibetan; Mongolian; Korean; Yi.
 */
export const FONTS = {
  Noto: google('noto-sans-sc'),
  DejaVu: {
    normal: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  },
  Tibetan: google('noto-serif-tibetan'),
  Mongolian: google('noto-sans-mongolian', '400Regular'),
  Korean: google('nanum-gothic'),
  Yi: google('noto-sans-yi', '400Regular'),
} as const
export type Font = keyof typeof FONTS | RareHan
const NAMES = Object.keys(FONTS) as (keyof typeof FONTS)[]

const filesOf = (font: Font) =>
  isRareHan(font) ? { normal: rareHanFile(font), bold: rareHanFile(font) } : FONTS[font]

/** What a font is not taken for, below this code: the measures of Nanum Gothic's space cannot be read by fontkit 2.0.4. */
const FROM: Partial<Record<Font, number>> = { Korean: 0x1100 }

const read = new Map<Font, ReadonlySet<number>>()

/** Whether a font has a character in both its weights. Fonts are read when they are first asked for. */
export function has(font: Font, codePoint: number): boolean {
  let there = read.get(font)
  if (!there) {
    const { normal, bold } = filesOf(font)
    const inNormal = openSync(normal).characterSet
    const inBold = bold === normal ? undefined : new Set(openSync(bold).characterSet)
    there = new Set(
      inNormal.filter(
        // A list of characters may end with one that is none, and is drawn as nothing that the font has.
        (code) => code !== 0xffff && code >= (FROM[font] ?? 0) && (!inBold || inBold.has(code)),
      ),
    )
    read.set(font, there)
  }
  return there.has(codePoint)
}

/** The first font that has all characters of a text. */
export function fontFor(text: string): Font | undefined {
  const codes = [...text].map((character) => character.codePointAt(0)!)
  const hasAll = (font: Font) => codes.every((code) => has(font, code))
  return NAMES.find(hasAll) ?? [rareHanOf(codes[0] ?? 0)].find((font) => font && hasAll(font))
}

const opened = new Map<Font, ReturnType<typeof openSync>>()

/**
 * Whether fontkit can lay a text out in a font: 2.0.4 fails on some orders of signs, as of a vowel sign on what never bears one.
 * A line may end behind any space or Tibetan dot, so each part must do too.
 */
export function canLayOut(font: Font, text: string, features?: Readonly<Record<string, boolean>>): boolean {
  const file = opened.get(font) ?? openSync(filesOf(font).normal)
  opened.set(font, file)
  try {
    for (const part of new Set([text, ...text.split(/(?<=[\s་།])/u)])) file.layout(part, features)
    return true
  } catch {
    return false
  }
}
