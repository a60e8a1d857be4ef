/** How far the field in work is; kept in memory, for a restart begins the field again. */
interface Live {
  share: number
  cells: number
  /** While the red cells are looked at, before the first field: so many of so many fields. */
  scale?: { done: number; total: number } | undefined
}
const live = new Map<string, Live>()

export const setProgress = (analysisId: string, share: number, cells: number): void =>
  void live.set(analysisId, { share, cells })

export const setScaleProgress = (analysisId: string, done: number, total: number): void =>
  void live.set(analysisId, { share: 0, cells: 0, scale: { done, total } })

export const endProgress = (analysisId: string): void => void live.delete(analysisId)

export const progressOf = (analysisId: string): Live => live.get(analysisId) ?? { share: 0, cells: 0 }
