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
    ['not_counted', notCountedWord(language, report.rule), report.unnamed, ...none],
    ...report.otherCells.map((one) => [
      `not_counted/${one.id}`,
      `${INDENT}${one[language]}`,
      one.count,
      ...none,
    ]),
    ...report.tags.map((one) => [`tag/${one.id}`, one[language], one.count, ...none]),
  ]
}

/** Everything that is no count: [what, value]. */
export function textRows(report: Report, language: Language): [string, Value][] {
  const { patient, findings, signature, reference } = report
  const say = (key: Parameters<typeof word>[1]) => word(language, key)
  return [
    ['', report.notice],
    ...(report.case.synthetic ? ([['', say('synthetic')]] as [string, Value][]) : []),
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
    [say('familiarity'), report.familiarity ? familiarityWords(language, report.familiarity) : ''],
    [say('corrections'), correctionWords(language, report.corrections)],
    [say('hash'), signature?.sha256 ?? ''],
    ...report.addenda.map(({ userName, at, text }): [string, Value] => [
      word(language, 'addendumBy', { name: userName, at: dayOf(at) }),
      text,
    ]),
  ]
}

const round = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)))
