import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MarrowscopeError } from '../../cytology/index.ts'
import type { DetectorReport, RecogniserReport } from './report.ts'

/** Makes the folder of a report, before the hours of measuring. Errors: OUTPUT_NOT_WRITABLE. */
export async function prepareFolder(dir: string): Promise<void> {
  await explained(dir, () => mkdir(dir, { recursive: true }))
}

/** Writes report.json and report.html. Errors: OUTPUT_NOT_WRITABLE. */
export async function writeReport(
  dir: string,
  report: DetectorReport | RecogniserReport,
  page: string,
): Promise<void> {
  await explained(dir, async () => {
    await writeFile(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    await writeFile(join(dir, 'report.html'), page)
  })
}

async function explained(dir: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC'
    const why = full
      ? 'the disk is full; make room'
      : 'it is not a folder you may write to; choose another with --out'
    throw new MarrowscopeError('OUTPUT_NOT_WRITABLE', `The report cannot be written to ${dir}: ${why}.`, {
      file: dir,
      cause,
    })
  }
}
