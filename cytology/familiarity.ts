/** Share of cells that look unfamiliar where everything is as it was taught: the recogniser's limit is put there. */
export const USUALLY_UNFAMILIAR = 0.05
/** From here on a slide is said to look unlike those that were taught; fewer cells say nothing of a slide. */
const MANY = 0.2
const FEWEST_CELLS = 20

/** How familiar a slide's cells are to the recogniser that named them. */
export type Familiarity = {
  /** Cells of which the recogniser says whether they are. */
  cells: number
  unfamiliar: number
  /** So many are unfamiliar that names and probabilities are to be doubted. */
  away: boolean
}

/** Of cells found on one slide: each unfamiliar, familiar, or null where the recogniser does not say. */
export function familiarity(flags: Iterable<boolean | null>): Familiarity {
  let [cells, unfamiliar] = [0, 0]
  for (const flag of flags) {
    if (flag === null) continue
    cells += 1
    if (flag) unfamiliar += 1
  }
  return { cells, unfamiliar, away: cells >= FEWEST_CELLS && unfamiliar > MANY * cells }
}
