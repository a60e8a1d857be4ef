import {
  CELL_TYPES,
  type CellType,
  type Counts,
  checkRule,
  differential,
  MarrowscopeError,
} from '../../cytology/index.ts'
import type { Body, RuleVersion } from '../api/types.ts'

type Side = 'counted' | 'above' | 'below'

/** A counting rule while it is edited: a tick for each type in the percentages and on either side of the M:E ratio. */
export interface RuleDraft {
  name: string
  description: string
  source: string
  note: string
  meName: string
  meSource: string
  meNote: string
  ticks: Record<CellType, Record<Side, boolean>>
}

/** 500 made-up cells of a marrow within the usual ranges, by which a rule is shown at work. */
export const EXAMPLE: Counts = {
  blast: 8,
  promyelocyte: 18,
  myelocyte: 55,
  metamyelocyte: 60,
  band_neutrophil: 75,
  segmented_neutrophil: 90,
  eosinophil: 15,
  basophil: 2,
  monocyte: 12,
  lymphocyte: 65,
  plasma_cell: 5,
  erythroblast: 95,
}

export const draftOf = ({ meRule, ...rule }: RuleVersion['rule']): RuleDraft => ({
  name: rule.name,
  description: rule.description,
  source: rule.source,
  note: rule.note ?? '',
  meName: meRule.name,
  meSource: meRule.source,
  meNote: meRule.note ?? '',
  ticks: Object.fromEntries(
    CELL_TYPES.map((type) => [
      type,
      {
        counted: rule.denominator.includes(type),
        above: meRule.numerator.includes(type),
        below: meRule.denominator.includes(type),
      },
    ]),
  ) as RuleDraft['ticks'],
})

/** As the API takes it. */
export function givenOf(draft: RuleDraft): Body<'/api/counting-rules', 'post'> {
  const ticked = (side: Side) => CELL_TYPES.filter((type) => draft.ticks[type][side])
  const { name, description, source, note } = draft
  return {
    ...{ name, description, source, note, denominator: ticked('counted') },
    meRule: {
      ...{ name: draft.meName, source: draft.meSource, note: draft.meNote },
      ...{ numerator: ticked('above'), denominator: ticked('below') },
    },
  }
}

/** What stands in the way of counting by it; null where nothing does. */
export function faultOf(draft: RuleDraft): MarrowscopeError | null {
  try {
    checkRule(givenOf(draft))
    return null
  } catch (error) {
    if (error instanceof MarrowscopeError) return error
    throw error
  }
}

/** The example counted by the rule as it stands, also while it lacks something. */
export function exampleOf(draft: RuleDraft) {
  const ticked = (side: Side) => CELL_TYPES.filter((type) => draft.ticks[type][side])
  const about = { id: '', version: 1, name: '', description: '', source: '' }
  const meRule = { ...about, numerator: ticked('above'), denominator: ticked('below') }
  return differential(EXAMPLE, { ...about, denominator: ticked('counted'), meRule })
}
