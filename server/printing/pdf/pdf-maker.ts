import { Thread } from '../../threads.ts'
import type { Sheet } from './parts.ts'

/** Makes PDFs one after the other in a thread, which holds the fonts. */
export class PdfMaker {
  readonly #thread = new Thread(new URL('./pdf-worker.ts', import.meta.url))

  async make(sheet: Sheet): Promise<Buffer> {
    const pdf = await this.#thread.ask<Uint8Array>(sheet)
    return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  }

  close(): Promise<void> {
    return this.#thread.close()
  }
}
