/** What stands below the findings on both forms: who signed, what was added, how it was made. */
import type { Content } from 'pdfmake/interfaces.js'
import { CELL_CLASS_INFO, type Report, type SourceCount } from '../../../cytology/index.ts'
import { DASH, LINES, type Sheet, section } from './parts.ts'
import {
  agreementWords,
  confirmedWords,
  correctionWords,
  familiarityWords,
  type Language,
  label,
  minuteOf,
  ruleWords,
  type Word,
  word,
} from './words.ts'

export function signatures({ report, language }: Sheet): Content {
  const { signature, readerName } = report
  const name = (key: Word) => ({ text: label(language, word(language, key)), bold: true })
  const signed = signature
    ? word(language, 'signedAt', { at: minuteOf(signature.at) })
    : word(language, 'unsigned')
  return {
    columns: [
      { width: 130, text: [name('reader'), readerName ?? DASH] },
      { width: 130, text: [name('verifier'), signature?.userName ?? DASH] },
      { width: '*', text: [name('signature'), signed], alignment: 'right' },
    ],
    columnGap: 8,
    margin: [0, 10, 0, 8],
    fontSize: 9.5,
  }
}

export function addenda({ report, language }: Sheet): Content[] {
  if (report.addenda.length === 0) return []
  return [
    section(word(language, 'addenda')),
    ...report.addenda.map(
      ({ userName, at, text, sha256 }): Content => ({
        table: {
          widths: ['*'],
          body: [
            [
              {
                stack: [
                  { text: word(language, 'addendumBy', { name: userName, at: minuteOf(at) }), bold: true },
                  { text },
                  ...(sha256 ? [{ text: `SHA-256 ${sha256}`, fontSize: 6, color: '#555555' }] : []),
                ],
              },
            ],
          ],
        },
        layout: LINES,
        margin: [0, 0, 0, 3],
        fontSize: 8.5,
      }),
    ),
  ]
}

/** The rule, the ranges, the models, the changes and the hash, with the code to verify it by. */
export function method({ report, language, verifyUrl }: Sheet): Content {
  const lines: [Word | { name: string }, string][] = [
    ['counted', countedWords(report, language)],
    ...sourceLines(report, language),
    ['rule', ruleWords(language, report.rule)],
    ['ranges', rangesWords(report, language)],
    ['models', modelWords(report, language)],
    ...confirmedLine(report, language),
    ...familiarityLine(report, language),
    ...(report.agreement
      ? ([['agreement', agreementWords(language, report.agreement)]] as [Word, string][])
      : []),
    ['corrections', correctionWords(language, report.corrections)],
    ...(report.signature ? ([['hash', report.signature.sha256]] as [Word, string][]) : []),
  ]
  const text: Content = {
    stack: lines.map(([key, value]) => ({
      text: [
        { text: label(language, typeof key === 'string' ? word(language, key) : key.name), bold: true },
        value,
      ],
    })),
    fontSize: 7,
    color: '#333333',
  }
  if (!verifyUrl) return { ...text, margin: [0, 2, 0, 0] }
  const code = {
    width: 70,
    stack: [
      { qr: verifyUrl, fit: 66, eccLevel: 'M', alignment: 'center' as const },
      { text: word(language, 'verify'), fontSize: 6, alignment: 'center' as const },
    ],
  }
  return {
    columns: [{ width: '*', ...text }, code],
    columnGap: 10,
    margin: [0, 2, 0, 0],
    unbreakable: true,
  } as Content
}

/** Nothing where nothing is known. */
const confirmedLine = ({ howConfirmed, counted }: Report, language: Language): [Word, string][] =>
  howConfirmed && counted > 0 ? [['confirmed', confirmedWords(language, howConfirmed)]] : []

/** Nothing where nothing is known. */
function familiarityLine({ familiarity }: Report, language: Language): [Word, string][] {
  return familiarity && familiarity.cells > 0
    ? [['familiarity', familiarityWords(language, familiarity)]]
    : []
}

const countedWords = ({ counted, case: { target }, basis }: Report, language: Language) =>
  word(language, 'outOf', { n: counted, target, basis: word(language, basis) })

/** Both counts of a case that was counted twice, whichever is reported, each with its numbers. */
const sourceLines = (report: Report, language: Language): [{ name: string }, string][] =>
  report.sources.map((source) => [
    { name: word(language, 'sourceCount', { where: word(language, source.from) }) },
    sourceWords(report, source, language),
  ])

function sourceWords({ basis }: Report, { from, counted, rows }: SourceCount, language: Language): string {
  const role = basis === from ? 'reportedOne' : basis === 'both' ? 'partOfReported' : 'notReported'
  const total = `${word(language, 'cellsCounted', { n: counted })} (${word(language, role)})`
  const each = rows
    .filter(({ count }) => count > 0)
    .map(
      ({ type, count, percent, low, high }) =>
        `${CELL_CLASS_INFO[type][language]} ${count}, ${percent!.toFixed(1)} % (${low!.toFixed(1)}–${high!.toFixed(1)})`,
    )
  return [total, ...each].join(language === 'zh' ? '\uFF1B' : '; ')
}

function rangesWords({ reference, marksFrom = 0 }: Report, language: Language): string {
  const version = word(language, 'version', { n: reference.version })
  const source = label(language, word(language, 'source')) + reference.source
  const stop = language === 'zh' ? '\uFF1B' : '; '
  const marks = [word(language, 'marks')]
  if (marksFrom > 0) marks.push(word(language, 'marksFrom', { n: marksFrom }))
  return [`${reference.name} (${version})`, source, ...marks].join(stop)
}

function modelWords({ models }: Report, language: Language): string {
  if (models.length === 0) return word(language, 'noModels')
  return models
    .map(
      ({ detector, recogniser }) =>
        `${detector.name} ${detector.version}, ${recogniser.name} ${recogniser.version}`,
    )
    .join('; ')
}
