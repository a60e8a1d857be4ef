import type { Report } from '../../cytology/index.ts'
import { hasLetterhead } from '../../cytology/index.ts'
import type { Ports } from '../ports.ts'
import { findLogo } from '../reports/logo.ts'
import { reportSettings } from '../reports/report-settings.ts'
import type { ReportReader } from '../signing/report-reader.ts'
import type { Sheet } from './pdf/parts.ts'
import type { Language } from './pdf/words.ts'
import type { ReportPictures } from './pictures.ts'

/**
 * All that a printed form of a case's report is made of, as of now. `asked`: the address by which the site was asked; `added`: an
 * addendum that is not there yet. Errors: NOT_FOUND.
 */
export async function sheetOfCase(
  { db }: Pick<Ports, 'db'>,
  reports: ReportReader,
  pictures: ReportPictures,
  caseId: string,
  language: Language,
  asked: string,
  added?: Report['addenda'][number],
): Promise<Sheet> {
  const found = await reports.report(caseId)
  const report = added ? { ...found, addenda: [...found.addenda, added] } : found
  const { publicAddress } = await reportSettings(db)
  const head = report.letterhead
  return {
    report,
    language,
    pictures: await pictures.of(caseId, report.findings.pictures),
    verifyUrl: report.signature
      ? `${publicAddress || asked}/verify/${(found.addenda.at(-1) ?? report.signature).sha256}`
      : null,
    logo: head && hasLetterhead(head) ? await logoOf(db, head.logo) : null,
    preview: added !== undefined,
    madeAt: Date.now(),
  }
}

async function logoOf(db: Ports['db'], sha256: string | null): Promise<string | null> {
  const png = sha256 && (await findLogo(db, sha256))
  return png ? `data:image/png;base64,${png.toString('base64')}` : null
}
