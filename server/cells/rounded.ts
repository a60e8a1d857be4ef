import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'

/** Digits behind the point that mean something; 32-bit numbers written in full make the list of a case's cells twice as long. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Probabilities in the order in which the table keeps them. */
export const inOrder = (probabilities: Record<CellClass, number>): number[] =>
  CELL_CLASSES.map((id) => probabilities[id])
