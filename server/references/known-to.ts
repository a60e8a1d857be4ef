import { type KnownCells, loadKnownCells } from '../../vision/known-cells.ts'

/** The labelled cells as a recogniser, given by its SHA-256, sees them; null where there are none. */
export type KnownTo = (recogniser: string) => Promise<KnownCells | null>

/**
 * Reads a folder's index of labelled cells when it is first asked for, once for each recogniser. An index that cannot be read is
 * reported once and done without: the site's own reference cells can be shown all the same.
 */
export function readKnownCells(modelsFolder: string, report: (error: Error) => void): KnownTo {
  const known = new Map<string, Promise<KnownCells | null>>()
  return (recogniser) => {
    const found =
      known.get(recogniser) ??
      loadKnownCells(modelsFolder, recogniser).catch((error: Error) => {
        report(error)
        return null
      })
    known.set(recogniser, found)
    return found
  }
}
