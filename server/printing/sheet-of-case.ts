import type { Ports } from '../ports.ts'
import type { ReportReader } from '../signing/report-reader.ts'
import type { Sheet } from './pdf/parts.ts'
import type { Language } from './pdf/words.ts'
import type { ReportPictures } from './pictures.ts'

/** All that a printed form of a case's report is made of, as of now. Errors: NOT_FOUND. */
export async function sheetOfCase(
  { config }: Pick<Ports, 'config'>,
  reports: ReportReader,
  pictures: ReportPictures,
  caseId: string,
  language: Language,
): Promise<Sheet> {
  const report = await reports.report(caseId)
  return {
    report,
    language,
    pictures: await pictures.of(caseId, report.findings.pictures),
    verifyUrl: report.signature ? `${config.origin}/verify/${report.signature.sha256}` : null,
    madeAt: Date.now(),
  }
}
