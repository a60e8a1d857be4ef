import pdfmake from 'pdfmake'
import { FONTS } from '../../fonts/fonts.ts'
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
export const makePdf = (sheet: Sheet): Promise<Buffer> =>
  pdfmake.createPdf(withFonts(form(sheet))).getBuffer()
