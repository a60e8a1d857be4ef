import type { CellName } from '../../cytology/index.ts'

/** A name while it is being edited; without an id it is new. */
export type DraftName = Omit<CellName, 'id'> & { id: string | null }

/** What of the list is shown: all, a kind, or what stands under a type. */
export type Section = 'all' | 'tag' | NonNullable<CellName['under']>

export const inSection = ({ kind, under }: DraftName, section: Section): boolean =>
  section === 'all' || (section === 'tag' ? kind === 'tag' : under === section)

/** The list with one name moved past its neighbour among those that are shown; the others keep their places. */
export function moved(
  list: readonly DraftName[],
  name: DraftName,
  by: 1 | -1,
  section: Section,
): DraftName[] {
  const shown = list.filter((one) => inSection(one, section))
  const neighbour = shown[shown.indexOf(name) + by]
  if (!neighbour) return [...list]
  return list.map((one) => (one === name ? neighbour : one === neighbour ? name : one))
}
