/** The report as rows of a table, for CSV and for a workbook. */
import {
  CELL_CLASS_INFO,
  CELLULARITY_GRADES,
  inLanguage,
  MEGAKARYOCYTE_STAGES,
  type MegakaryocyteStage,
  REPORT_PARTS,
  type Report,
  type ReportPart,
  ruleName,
} from '../../cytology/index.ts'
import {
  ageWords,
  agreementWords,
  confirmedWords,
  correctionWords,
  dayOf,
  familiarityWords,
  type Language,
  notCountedWord,
  ruleWords,
  sexWord,
  word,
} from './pdf/words.ts'

export type Value = string | number | null

/** Names of the columns; the same in both languages, for programs to read. */
export const COLUMNS = ['item', 'name', 'value', 'percent', 'low95', 'high95', 'reference', 'mark'] as const

const INDENT = '  '

/** One row an item, by id: the types with their number, the ratios, the megakaryocytes, the total. */
export function countRows(report: Report, language: Language): Value[][] {
  const { ratio, granulocyteToErythroid, findings, megakaryocytes } = report
  const ratios = ratio.rule === granulocyteToErythroid.rule ? [ratio] : [ratio, granulocyteToErythroid]
  const stages = Object.keys(MEGAKARYOCYTE_STAGES) as MegakaryocyteStage[]
  const none: Value[] = [null, null, null, null, null]
  return [
    ...report.rows.flatMap(({ type, count, percent, low, high, reference, mark, finer }) => [
      [
        ...[type, CELL_CLASS_INFO[type][language], count],
        ...[round(percent), round(low), round(high), reference, mark],
      ],
      // Parts of the type above them: their numbers are in its number.
      ...(finer?.names ?? []).map((name) => [
        ...[`${type}/${name.id}`, `${INDENT}${name[language]}`, name.count],
        ...[round(name.percent), null, null, null, null],
      ]),
      ...(finer && finer.unnamed > 0
        ? [[`${type}/`, `${INDENT}${word(language, 'unnamed')}`, finer.unnamed, ...none]]
        : []),
    ]),
    ...ratios.map((one) => {
      const name = ruleName(language, { id: one.rule, name: one.name })
      return [one.rule, name, round(one.value), null, null, null, one.reference, one.mark]
    }),
    [
      ...['megakaryocytes', word(language, 'megakaryocytes'), findings.megakaryocytes.count],
      ...[null, null, null, megakaryocytes.reference, megakaryocytes.mark],
    ],
    ...stages.map((id) => [
      ...[id, MEGAKARYOCYTE_STAGES[id][language], findings.megakaryocytes.stages[id] ?? null],
      ...none,
    ]),
    ['counted', word(language, 'total'), report.counted, ...none],
    ...confirmedRows(report, language),
    ['not_counted', notCountedWord(language, report.rule), report.unnamed, ...none],
    ...report.otherCells.map((one) => [
      `not_counted/${one.id}`,
      `${INDENT}${one[language]}`,
      one.count,
      ...none,
    ]),
    ...report.tags.map((one) => [`tag/${one.id}`, one[language], one.count, ...none]),
    ...report.sources.flatMap(({ from, counted, rows }) => [
      ...rows.map(({ type, count, percent, low, high }) => [
        ...[`${from}_${type}`, `${CELL_CLASS_INFO[type][language]}, ${word(language, from)}`, count],
        ...[round(percent), round(low), round(high), null, null],
      ]),
      [`${from}_counted`, `${word(language, 'total')}, ${word(language, from)}`, counted, ...none],
    ]),
  ]
}

/** How the counted cells were confirmed; nothing where nothing is known of it. */
function confirmedRows({ howConfirmed: how }: Report, language: Language): Value[][] {
  if (!how) return []
  const named = [
    ['confirmed_singly', 'singly', how.singly],
    ['confirmed_together', 'together', how.together],
    ['confirmed_unknown', 'howUnknown', how.unknown],
    ['unreviewed', 'unreviewed', how.unreviewed],
  ] as const
  return named.map(([item, key, n]) => [
    ...[item, `${word(language, 'confirmed')}: ${word(language, key, { n })}`, n],
    ...[null, null, null, null, null],
  ])
}

/** Everything that is no count: [what, value]. */
export function textRows(report: Report, language: Language): [string, Value][] {
  const { patient, findings, signature, reference } = report
  const say = (key: Parameters<typeof word>[1]) => word(language, key)
  return [
    ['', report.notice],
    ...(report.case.synthetic ? ([['', say('synthetic')]] as [string, Value][]) : []),
    ...letterheadRows(report, language),
    ...(report.addenda.length > 0 ? ([['', say('amended')]] as [string, Value][]) : []),
    [say('marrowNumber'), report.case.marrowNumber],
    [say('name'), patient.name],
    [say('sex'), sexWord(language, patient.sex)],
    [say('age'), ageWords(language, report.age)],
    [say('department'), findings.department],
    [say('bed'), findings.bed],
    [say('hospitalNumber'), patient.hospitalNumber],
    [say('site'), report.case.site],
    [say('taken'), report.case.receivedOn],
    [say('reported'), signature ? dayOf(signature.at) : say('draft')],
    [say('clinical'), report.case.clinicalNote],
    [say('requester'), report.case.requester ?? ''],
    [say('counted'), word(language, report.basis)],
    [say('cellularity'), findings.cellularity ? CELLULARITY_GRADES[findings.cellularity][language] : ''],
    ...(Object.keys(REPORT_PARTS) as ReportPart[]).map((part): [string, Value] => [
      REPORT_PARTS[part][language],
      inLanguage(findings.texts[part], language),
    ]),
    [say('reader'), report.readerName ?? ''],
    [say('verifier'), signature?.userName ?? ''],
    [say('rule'), ruleWords(language, report.rule)],
    [
      say('ranges'),
      `${reference.name}, ${word(language, 'version', { n: reference.version })}, ${reference.source}`,
    ],
    [say('confirmed'), report.howConfirmed ? confirmedWords(language, report.howConfirmed) : ''],
    ...(reference.confirmed === false
      ? ([['', word(language, 'notConfirmed', { name: reference.name })]] as [string, Value][])
      : []),
    [say('familiarity'), report.familiarity ? familiarityWords(language, report.familiarity) : ''],
    ...(report.agreement
      ? ([[say('agreement'), agreementWords(language, report.agreement)]] as [string, Value][])
      : []),
    [say('corrections'), correctionWords(language, report.corrections)],
    [say('hash'), signature?.sha256 ?? ''],
    ...report.addenda.map(({ userName, at, text }): [string, Value] => [
      word(language, 'addendumBy', { name: userName, at: dayOf(at) }),
      text,
    ]),
  ]
}

const letterheadRows = ({ letterhead }: Report, language: Language): [string, Value][] =>
  letterhead
    ? [letterhead.hospital, letterhead.laboratory, letterhead.address]
        .map((line) => inLanguage(line, language))
        .filter(Boolean)
        .map((line) => ['', line])
    : []

const round = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)))
