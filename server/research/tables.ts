import type { Selectable } from 'kysely'
import {
  CELL_CLASSES,
  CELL_NAME_CATALOGUE,
  type CellName,
  COUNTING_RULES,
  type CountingRule,
  INTENDED_USE,
  ME_RULES,
} from '../../cytology/index.ts'
import { boxOf } from '../cells/cell-box.ts'
import { tagsOf } from '../cells/cell-difference.ts'
import { probabilitiesOf } from '../cells/stored-probabilities.ts'
import type { CsvValue } from '../csv.ts'
import type { Analyses, Cases, Cells, Fields, Patients } from '../database/schema.ts'
import { ageIn, type Pseudonyms } from './pseudonyms.ts'

/** What people type may hold a name: only what is known word for word goes out, all else as 'other'. */
const SITES: Readonly<Record<string, string>> = {
  iliac: 'iliac',
  sternum: 'sternum',
  tibia: 'tibia',
  'Iliac crest': 'iliac',
  Sternum: 'sternum',
  Tibia: 'tibia',
  髂骨: 'iliac',
  髂嵴: 'iliac',
  髂后上棘: 'iliac',
  胸骨: 'sternum',
  胫骨: 'tibia',
  Synthetic: 'synthetic',
}
const STAINS = ['Wright-Giemsa', 'Wright', 'Giemsa', 'May-Grünwald-Giemsa']

export const CASE_COLUMNS =
  'case,patient,received,signed,age,sex,site,stain,status,target,counting_rule,counting_rule_version,counts,me_rule,me_above,me_below,reader,detector,recogniser,fields,cells,synthetic'.split(
    ',',
  )
export const FIELD_COLUMNS = 'case,field,width,height,um_per_pixel,scale_source,image'.split(',')
export const NAME_COLUMNS = 'name,kind,under,abbreviation,en,zh'.split(',')
export const CELL_COLUMNS = [
  ...'case,field,cell,x,y,width,height,detection,type,suggested,probability,reviewed,confirmed,origin,touches_edge,unfamiliar,subtype,tags'.split(
    ',',
  ),
  ...CELL_CLASSES.map((type) => `p_${type}`),
]

export interface CaseParts {
  caseRow: Selectable<Cases>
  patient: Pick<Selectable<Patients>, 'birth_date' | 'sex'>
  rule: CountingRule
  signedAt: number | null
  detector: string
  recogniser: string
  fields: readonly Selectable<Fields>[]
}

/** A cell, and the classes of the analysis that found it. */
export type CellWithClasses = Selectable<Cells> & { classes: Analyses['classes'] | null }

/** `cells`: how many of them are in the archive. */
export function caseLine(parts: CaseParts, cells: number, names: Pseudonyms): CsvValue[] {
  const { caseRow, patient, rule, signedAt, detector, recogniser, fields } = parts
  return [
    names.of('S', caseRow.id),
    names.of('P', caseRow.patient_id),
    names.day(caseRow.patient_id, caseRow.received_on),
    names.day(caseRow.patient_id, signedAt),
    ageIn(patient.birth_date, caseRow.received_on),
    patient.sex,
    SITES[caseRow.site.trim()] ?? (caseRow.site.trim() === '' ? '' : 'other'),
    STAINS.includes(caseRow.stain) ? caseRow.stain : 'other',
    caseRow.status,
    caseRow.target,
    ofProgram(COUNTING_RULES, rule.id),
    rule.version,
    rule.denominator.join(' '),
    ofProgram(ME_RULES, rule.meRule.id),
    rule.meRule.numerator.join(' '),
    rule.meRule.denominator.join(' '),
    caseRow.reader_id === null ? '' : names.of('R', caseRow.reader_id),
    detector,
    recogniser,
    fields.length,
    cells,
    caseRow.synthetic,
  ]
}

/** A site's own rules are told by the types that they take: their ids and names are the site's. */
const ofProgram = (rules: readonly { id: string }[], id: string): string =>
  rules.some((rule) => rule.id === id) ? id : 'own'

/** By their ids what finer names are called in an archive: those of the program as they are, a site's own by a number. */
export function nameCodes(names: readonly CellName[]): ReadonlyMap<string, string> {
  let own = 0
  const known = new Set(CELL_NAME_CATALOGUE.map(({ id }) => id))
  return new Map(names.map(({ id }) => [id, known.has(id) ? id : `own-${++own}`]))
}

export const nameLine = (
  { id, kind, under, abbreviation, en, zh }: CellName,
  codes: ReadonlyMap<string, string>,
): CsvValue[] => [codes.get(id)!, kind, under, abbreviation, en, zh]

export const imageName = (study: string, number: number): string => `images/${study}-${number}.png`

/** `withImage`: the field's picture is in the archive. */
export function fieldLine(field: Selectable<Fields>, study: string, withImage: boolean): CsvValue[] {
  const { number, width, height, um_per_pixel, scale_source } = field
  const image = withImage ? imageName(study, number) : ''
  return [study, number, width, height, um_per_pixel, scale_source, image]
}

/** Cells are numbered anew: their ids hold the moment at which they were made. */
export function cellLine(
  cell: CellWithClasses,
  study: string,
  field: number,
  number: number,
  codes: ReadonlyMap<string, string>,
): CsvValue[] {
  const { detection, type, suggested, probability, reviewed, confirmed, origin } = cell
  const box = boxOf(cell).map((value) => Number(value.toFixed(1)))
  const known = probabilitiesOf(cell.probabilities, cell.classes)
  const probabilities = CELL_CLASSES.map((type) => {
    const p = known[type]
    return p === undefined ? null : Number(p.toFixed(4))
  })
  const names = [
    type,
    suggested,
    Number(probability.toFixed(4)),
    reviewed,
    confirmed,
    origin,
    cell.touches_edge,
    cell.unfamiliar,
    cell.subtype === null ? '' : (codes.get(cell.subtype) ?? 'own'),
    tagsOf(cell)
      .map((tag) => codes.get(tag) ?? 'own')
      .join(' '),
  ]
  return [study, field, number, ...box, Number(detection.toFixed(4)), ...names, ...probabilities]
}

export const README = `Marrowscope: cases for research, without identity
${INTENDED_USE}

cases.csv    one line a case. Study numbers of cases (S-), patients (P-) and readers (R-) are random and were kept nowhere.
             All days of a patient are moved by the same random number of days, at most a year either way; what lies between
             them is true. Age in whole years on the day of receipt, 90+ from ninety on. A site or stain that was
             not known word for word is 'other'. counts are the types of which percentages are taken, me_above and me_below
             those of the M:E ratio; a counting rule or ratio that the site made is 'own'.
fields.csv   one line an image; um_per_pixel as given, read from the file or estimated.
cells-*.csv  one line a cell that was not removed: its box in pixels of the image, the detector's score, its type as it
             stands, what the model suggested, whether a person settled it, whether by an act on it alone (singly) or
             on several at once (together; empty where that is not known), whether it looks unlike what the recogniser was taught
             (empty where that is not known), its finer name under the type (subtype) and its tags, both as in names.csv, and the model's probabilities (p_..., empty of a type that it did not know).
names.csv    the finer names and tags that the site uses: their kind, the type under which a subtype stands, and their words. Those of
             the program go by an id, the site's own by own-1, own-2 …, with the words that its administrators gave them.
images/      where they were asked for: pixels only, without the metadata of the original files.

Left out: names of people, numbers, notes, comments on cells, diagnoses, file names, labels of slides, times, and the hashes and ids of the site.
What is written into the picture itself is not found by a program: look through the images before they are passed on.
A rare finding may still tell a person who knows the patient.
`
