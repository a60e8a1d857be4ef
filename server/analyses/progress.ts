/** How far the field in work is; kept in memory, for a restart begins the field again. */
const live = new Map<string, { share: number; cells: number }>()

export const setProgress = (analysisId: string, share: number, cells: number): void =>
  void live.set(analysisId, { share, cells })

export const endProgress = (analysisId: string): void => void live.delete(analysisId)

export const progressOf = (analysisId: string) => live.get(analysisId) ?? { share: 0, cells: 0 }
