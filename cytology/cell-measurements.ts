/** One cell measured by its shape and colour; null is what could not be measured. */
export type CellMeasurements = {
  /** µm; diameter of the circle with the cell's area. */
  cellDiameterUm: number | null
  /** µm; diameter of the circle with the area of the nucleus, all lobes together. */
  nucleusDiameterUm: number | null
  /** Area of the nucleus by area of the whole cell, 0..1. An atlas's "4:1", nucleus to cytoplasm, is 0.8 here. */
  ncRatio: number | null
  /** 4π area / perimeter² of the nucleus, 0..1: 1 is a circle (Cox, J Paleontol 1927;1:179). */
  nuclearRoundness: number | null
  /** Parts of the nucleus that no more than a bridge joins, 1 or more. */
  nuclearLobes: number | null
  /** Standard deviation of the cytoplasm's optical density (natural logarithm, green) at the size of granules, 0 up. */
  cytoplasmGranularity: number | null
  /**
   * Optical density in red less half of that in green, mean of the cytoplasm, about -0.3..1: the blue dye (azure B)
   * takes red and green alike, eosin and haemoglobin take about half as much red as green or less, which leaves 0.
   */
  cytoplasmBlueness: number | null
  /** The border of the field cuts the cell: sizes and shapes cannot be measured. */
  cut: boolean
}

export const MEASURED = [
  'cellDiameterUm',
  'nucleusDiameterUm',
  'ncRatio',
  'nuclearRoundness',
  'nuclearLobes',
  'cytoplasmGranularity',
  'cytoplasmBlueness',
] as const satisfies readonly (keyof CellMeasurements)[]

/** For a cell in which nothing can be measured. */
export const nothingMeasured = (cut: boolean): CellMeasurements => ({
  cellDiameterUm: null,
  nucleusDiameterUm: null,
  ncRatio: null,
  nuclearRoundness: null,
  nuclearLobes: null,
  cytoplasmGranularity: null,
  cytoplasmBlueness: null,
  cut,
})
