import { type CellType, typesOfLineage } from './cell-types.ts'
import { MarrowscopeError } from './errors.ts'

/** What one laboratory means by a myeloid : erythroid ratio. Plain data: a site may bring its own. */
export interface MeRule {
  /** Stable, stored with every result. */
  readonly id: string
  /** How a report names the ratio. */
  readonly name: string
  readonly description: string
  readonly source: string
  /** What is not certain about the rule. */
  readonly note?: string
  readonly numerator: readonly CellType[]
  readonly denominator: readonly CellType[]
}

const GRANULOCYTIC = typesOfLineage('granulocytic')
const MONOCYTIC = typesOfLineage('monocytic')
const ERYTHROID = typesOfLineage('erythroid')

const ICSH_2008 =
  'Lee S-H et al., ICSH guidelines for the standardization of bone marrow specimens and reports, ' +
  'Int J Lab Hematol 30 (2008) 349-364, doi:10.1111/j.1751-553X.2008.01100.x'

const PARTIAL_COUNT_2008 =
  'Lee SH et al., A partial nucleated differential cell count of the bone marrow aspirate that is independent of ' +
  'peripheral blood dilution, Int J Lab Hematol 30 (2008) 473-479'

const BLASTS_CONTESTED =
  'Whether blasts count is contested: on one slide with 90 % blasts, laboratories that follow the same guidelines ' +
  'answered from 0 to 99 (Khan L, Dilemmas in reporting the M:E ratio, RCPA Quality Assurance Programs).'

const ICSH_NOTE = `The guideline's own wording was not at hand: check it before relying on this rule. ${BLASTS_CONTESTED}`

const GRANULOCYTE_TO_ERYTHROID =
  '粒红比例, Baidu Baike: granulocytes over nucleated red cells of a marrow smear'

export const ME_RULES: readonly MeRule[] = [
  {
    id: 'me_icsh_2008',
    name: 'M:E (ICSH)',
    description: 'Granulocytic and monocytic cells over erythroblasts; blasts do not count.',
    source: ICSH_2008,
    note: ICSH_NOTE,
    numerator: [...GRANULOCYTIC, ...MONOCYTIC],
    denominator: ERYTHROID,
  },
  {
    id: 'me_icsh_2008_with_blasts',
    name: 'M:E (ICSH, with blasts)',
    description: 'Granulocytic and monocytic cells and all blasts over erythroblasts.',
    source: ICSH_2008,
    note: ICSH_NOTE,
    numerator: ['blast', ...GRANULOCYTIC, ...MONOCYTIC],
    denominator: ERYTHROID,
  },
  {
    id: 'ge',
    name: 'G:E (粒红比)',
    description: 'Granulocytic cells over erythroblasts; neither monocytes nor blasts count.',
    source: GRANULOCYTE_TO_ERYTHROID,
    note: BLASTS_CONTESTED,
    numerator: GRANULOCYTIC,
    denominator: ERYTHROID,
  },
  {
    id: 'ge_with_blasts',
    name: 'G:E (粒红比, with blasts)',
    description: 'Granulocytic cells and all blasts over erythroblasts; monocytes do not count.',
    source: GRANULOCYTE_TO_ERYTHROID,
    note: BLASTS_CONTESTED,
    numerator: ['blast', ...GRANULOCYTIC],
    denominator: ERYTHROID,
  },
  {
    id: 'me_partial_2008',
    name: 'M:E (partial count)',
    description: 'Blasts, promyelocytes and myelocytes over erythroblasts: the cells that still divide.',
    source: PARTIAL_COUNT_2008,
    note: 'The source counts myeloblasts; the blasts here are of any line.',
    numerator: ['blast', 'promyelocyte', 'myelocyte'],
    denominator: ERYTHROID,
  },
]

/** The one that counts the same types under the same name; undefined where a laboratory means something of its own. */
export const sameMeRule = ({
  name,
  numerator,
  denominator,
}: Pick<MeRule, 'name' | 'numerator' | 'denominator'>): MeRule | undefined =>
  ME_RULES.find(
    (rule) =>
      rule.name === name && sameTypes(rule.numerator, numerator) && sameTypes(rule.denominator, denominator),
  )

const sameTypes = (a: readonly CellType[], b: readonly CellType[]) =>
  a.length === b.length && a.every((type) => b.includes(type))

/** The rule of that id. Throws ME_RULE_UNKNOWN, naming the ids there are. */
export function meRule(id: string): MeRule {
  const rule = ME_RULES.find((candidate) => candidate.id === id)
  if (rule) return rule
  const known = ME_RULES.map((candidate) => candidate.id).join(', ')
  throw new MarrowscopeError('ME_RULE_UNKNOWN', `There is no M:E rule '${id}'; choose one of ${known}.`)
}
