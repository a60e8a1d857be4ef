/** Makes PDFs in a thread of its own: laying a page out and cutting the font down takes longer than others should wait. */
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { form } from './form.ts'
import type { Sheet } from './parts.ts'

const { resolve } = createRequire(import.meta.url)
const FONTS = '@expo-google-fonts/noto-sans-sc'
const normal = resolve(`${FONTS}/400Regular/NotoSansSC_400Regular.ttf`)
const bold = resolve(`${FONTS}/700Bold/NotoSansSC_700Bold.ttf`)

// A report may name no file and no address of its own.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold)
pdfmake.setFonts({ Noto: { normal, bold, italics: normal, bolditalics: bold } })

parentPort!.on('message', async ({ number, sheet }: { number: number; sheet: Sheet }) => {
  try {
    const pdf = await pdfmake.createPdf(form(sheet)).getBuffer()
    parentPort!.postMessage({ number, pdf })
  } catch (error) {
    parentPort!.postMessage({ number, failure: String((error as Error).stack ?? error) })
  }
})
