/** Makes PDFs in a thread of its own: laying a page out and cutting the fonts down takes longer than others should wait. */
import { parentPort } from 'node:worker_threads'
import { makePdf } from './make-pdf.ts'
import type { Sheet } from './parts.ts'

parentPort!.on('message', async ({ number, sheet }: { number: number; sheet: Sheet }) => {
  try {
    parentPort!.postMessage({ number, pdf: await makePdf(sheet) })
  } catch (error) {
    parentPort!.postMessage({ number, failure: String((error as Error).stack ?? error) })
  }
})
