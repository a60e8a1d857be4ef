/** What a haematologist knows, as pure functions on plain data: runs in a browser as well as on a server. */

export type { Agreement, Pair } from './agreement.ts'
export { agreement } from './agreement.ts'
export type { CellMeasurements } from './cell-measurements.ts'
export { MEASURED, nothingMeasured } from './cell-measurements.ts'
export type { CellNamePreset } from './cell-name-presets.ts'
export { CELL_NAME_CATALOGUE, CELL_NAME_PRESETS, withPreset } from './cell-name-presets.ts'
export type { CellName, NamedCells, NamesOfType } from './cell-names.ts'
export {
  CELL_NAME_KINDS,
  checkCellNames,
  countNames,
  MOST_TAGS,
  NO_NAMES,
  namesInUse,
  namesOfType,
  namesUnder,
  sortedTags,
  usedNames,
} from './cell-names.ts'
export type { CellClass, CellClassInfo, CellType, Lineage } from './cell-types.ts'
export {
  CELL_CLASS_INFO,
  CELL_CLASSES,
  CELL_TYPES,
  DOUBTFUL_BELOW,
  isCellClass,
  LINEAGES,
  NOT_IDENTIFIABLE,
  typesOfLineage,
} from './cell-types.ts'
export type { CellWords } from './cell-words.ts'
export { cellWords } from './cell-words.ts'
export type { Claim, ClaimSubject } from './claims.ts'
export { CLAIMS } from './claims.ts'
export type { CountingRule } from './counting-rules.ts'
export {
  COUNTING_RULES,
  countingRule,
  countsEveryType,
  DEFAULT_COUNTING_RULE,
  ruleName,
} from './counting-rules.ts'
export type { Counts, Differential, MeRatio, TypeShare } from './differential.ts'
export { differential, meRatio } from './differential.ts'
export { MarrowscopeError } from './errors.ts'
export type { Familiarity } from './familiarity.ts'
export { familiarity, USUALLY_UNFAMILIAR } from './familiarity.ts'
export { isGarbled, saysNothing, writtenName } from './given-texts.ts'
export type { Confirmed, HowConfirmed } from './how-confirmed.ts'
export { CONFIRMED, howConfirmed } from './how-confirmed.ts'
export type { Interval } from './intervals.ts'
export { clopperPearson } from './intervals.ts'
export type { Letterhead } from './letterhead.ts'
export { EMPTY_LETTERHEAD, hasLetterhead } from './letterhead.ts'
export { lineageShares } from './lineage-shares.ts'
export type {
  BothLanguages,
  CellularityGrade,
  MegakaryocyteStage,
  ReportDraft,
  ReportPart,
  ReportPicture,
} from './marrow-findings.ts'
export {
  CELLULARITY_GRADES,
  EMPTY_DRAFT,
  inLanguage,
  LINEAGE_PARTS,
  MEGAKARYOCYTE_STAGES,
  REPORT_PARTS,
} from './marrow-findings.ts'
export type { MeRule } from './me-rules.ts'
export { ME_RULES, meRule, sameMeRule } from './me-rules.ts'
export { numberKey, writtenNumber } from './numbers.ts'
export type { Estimate, Mark } from './out-of-range.ts'
export { markOf, ratioEstimate, USUAL_MARKS_FROM } from './out-of-range.ts'
export type { PatientColumn, PatientData, PatientField } from './patient-fields.ts'
export {
  EMPTY_PATIENT,
  isKnown,
  PATIENT_FIELD_NAMES,
  PATIENT_FIELDS,
  patientDataOf,
  patientDataOfRow,
} from './patient-fields.ts'
export type { Implausible } from './plausibility.ts'
export { IMPLAUSIBLE, implausible } from './plausibility.ts'
export type { PublishedCrop, PublishedSet } from './published-crops.ts'
export { isCropFile, publishedCrop, setOfCrops, someOfEach } from './published-crops.ts'
export type { Measure, ReferenceRange, ReferenceTable } from './reference-ranges.ts'
export { againstReference, REFERENCE_TABLES, rangeText } from './reference-ranges.ts'
export type {
  CorrectionKind,
  Corrections,
  ModelPair,
  Report,
  ReportInput,
  ReportRatio,
  ReportRow,
  SourceCount,
} from './report.ts'
export { ageAt, CORRECTION_KINDS, INTENDED_USE, reportOf } from './report.ts'
export type { CountSources, ReportedCount } from './reported-count.ts'
export { addCounts, countedTwice, REPORTED_COUNTS, reportedCount } from './reported-count.ts'
export type { GivenRule } from './rule-of-site.ts'
export { checkRule } from './rule-of-site.ts'
export type { KeyFault, TypeKeys } from './type-keys.ts'
export { keyFaults, plainKey, RESERVED_KEYS, USUAL_TYPE_KEYS } from './type-keys.ts'
