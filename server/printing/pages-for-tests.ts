import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The text of a PDF and how many pages it has; null where no pdftotext is installed. */
export function pages(pdf: Buffer): string[] | null {
  const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-pdf-')), 'report.pdf')
  writeFileSync(file, pdf)
  try {
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    return text.split('\f').slice(0, -1)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.warn('The text of the PDFs is not looked at: no pdftotext here.')
    return null
  }
}
