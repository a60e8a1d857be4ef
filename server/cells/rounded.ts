/** Digits behind the point that mean something; 32-bit numbers written in full make the list of a case's cells twice as long. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
