import { CELL_TYPES, type CellType } from './cell-types.ts'
import type { CountingRule } from './counting-rules.ts'
import { MarrowscopeError } from './errors.ts'
import { ME_RULES, type MeRule, sameMeRule } from './me-rules.ts'

/** A rule as a laboratory writes it down: without ids, its types as they come. */
export interface GivenRule {
  name: string
  description: string
  source: string
  note: string
  denominator: readonly string[]
  meRule: {
    name: string
    source: string
    note: string
    numerator: readonly string[]
    denominator: readonly string[]
  }
}

type Checked = Required<Omit<CountingRule, 'id' | 'version' | 'meRule'>> & {
  meRule: Required<Omit<MeRule, 'id' | 'description'>>
}

/**
 * The same rule with its types in their order, each once. The M:E may take types that the percentages leave out: it is a ratio
 * of cells, not of percentages, and a differential without erythroblasts still has one.
 *
 * Throws RULE_NAME_MISSING, RULE_SOURCE_MISSING, RULE_COUNTS_NOTHING, RULE_TYPE_UNKNOWN, ME_SIDE_EMPTY, ME_BOTH_SIDES,
 * ME_NAME_TAKEN.
 */
export function checkRule(given: GivenRule): Checked {
  const [name, meName] = [given.name.trim(), given.meRule.name.trim()]
  const [source, meSource] = [given.source.trim(), given.meRule.source.trim()]
  if (!name || !meName) {
    throw new MarrowscopeError('RULE_NAME_MISSING', 'Give the counting rule and its M:E ratio a name.')
  }
  if (!source || !meSource) {
    throw new MarrowscopeError(
      'RULE_SOURCE_MISSING',
      'Say where the counting rule and its M:E ratio come from: a guideline, a book or a decision of the laboratory.',
    )
  }
  const denominator = inOrder(given.denominator)
  if (denominator.length === 0) {
    throw new MarrowscopeError('RULE_COUNTS_NOTHING', 'Tick at least one cell type that the rule counts.')
  }
  const above = inOrder(given.meRule.numerator)
  const below = inOrder(given.meRule.denominator)
  if (above.length === 0 || below.length === 0) {
    throw new MarrowscopeError(
      'ME_SIDE_EMPTY',
      'Tick at least one cell type above and one below the line of the M:E ratio.',
    )
  }
  const both = above.filter((type) => below.includes(type))
  if (both.length > 0) {
    throw new MarrowscopeError(
      'ME_BOTH_SIDES',
      `A cell type stands on one side of the M:E ratio only; take ${both.join(', ')} from one of them.`,
    )
  }
  const named = ME_RULES.some((rule) => rule.name.toLowerCase() === meName.toLowerCase())
  if (named && !sameMeRule({ name: meName, numerator: above, denominator: below })) {
    throw new MarrowscopeError(
      'ME_NAME_TAKEN',
      `“${meName}” is a ratio of the program and takes other cell types. Give this M:E ratio a name and a source of its own.`,
    )
  }
  const { description, note } = given
  const meRule = { name: meName, source: meSource, note: given.meRule.note.trim() }
  return {
    ...{ name, source, description: description.trim(), note: note.trim(), denominator },
    meRule: { ...meRule, numerator: above, denominator: below },
  }
}

function inOrder(given: readonly string[]): CellType[] {
  const unknown = given.find((type) => !CELL_TYPES.includes(type as CellType))
  if (unknown !== undefined) {
    throw new MarrowscopeError(
      'RULE_TYPE_UNKNOWN',
      `'${unknown}' is none of the cell types that can be counted: ${CELL_TYPES.join(', ')}.`,
    )
  }
  return CELL_TYPES.filter((type) => given.includes(type))
}
