import pdfmake from 'pdfmake'
import { FONTS } from '../../fonts/fonts.ts'
import { isRareHan, type RareHan, rareHanTrueType } from '../../fonts/rare-han.ts'
import { runsOf } from '../../fonts/runs.ts'
import { form } from './form.ts'
import { installLineOrder } from './line-order.ts'
import type { Sheet } from './parts.ts'
import { withFonts } from './with-fonts.ts'

const files = new Set<string>(Object.values(FONTS).flatMap(({ normal, bold }) => [normal, bold]))

// A report may name no file and no address of its own.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => files.has(path))
pdfmake.setFonts(
  Object.fromEntries(
    Object.entries(FONTS).map(([name, { normal, bold }]) => [
      name,
      { normal, bold, italics: normal, bolditalics: bold },
    ]),
  ),
)
installLineOrder()

/** The report as a PDF, which carries of each font only the signs that it uses. */
export async function makePdf(sheet: Sheet): Promise<Buffer> {
  for (const font of rareHanIn(sheet)) await addRareHan(font)
  return pdfmake.createPdf(withFonts(form(sheet))).getBuffer()
}

/** The files of rare Han that the texts of plain data need. */
function rareHanIn(value: unknown): Set<RareHan> {
  if (typeof value === 'string') {
    const fonts = /\p{sc=Han}/u.test(value) ? runsOf(value).map(({ font }) => font) : []
    return new Set(fonts.filter(isRareHan))
  }
  if (value === null || typeof value !== 'object') return new Set()
  return new Set(Object.values(value).flatMap((part) => [...rareHanIn(part)]))
}

/** Files of pdfmake that are only in its memory; its types leave it out. */
const { virtualfs } = pdfmake as unknown as {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
}
const added = new Set<RareHan>()

async function addRareHan(font: RareHan): Promise<void> {
  if (added.has(font)) return
  const name = `${font}.ttf`
  virtualfs.writeFileSync(name, await rareHanTrueType(font))
  files.add(name)
  pdfmake.addFonts({ [font]: { normal: name, bold: name, italics: name, bolditalics: name } })
  added.add(font)
}
