import { useRemembered } from '../remembered.ts'

/** Where the panel of the selected cell is; `off`: a line that tells its type. */
export const DOCKS = ['below', 'right', 'off'] as const
export type Dock = (typeof DOCKS)[number]

/** How the selected cell is told, remembered on this device. */
export function useDetailDock() {
  const dock = useRemembered<Dock>('detail-dock', DOCKS)
  const regions = useRemembered<'off' | 'on'>('detail-regions', ['off', 'on'])
  return {
    ...{ dock, regions },
    turnDock() {
      dock.value = DOCKS[(DOCKS.indexOf(dock.value) + 1) % DOCKS.length]!
    },
    turnRegions() {
      regions.value = regions.value === 'on' ? 'off' : 'on'
    },
  }
}
