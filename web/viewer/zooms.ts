/** The steps of the zoom, by the keys that do the same; none of them can be a key of a type. */
export const ZOOMS = {
  in: 'PageUp',
  out: 'PageDown',
  fit: 'Home',
  actual: 'End',
  cell: 'f',
} as const

export type Zoom = keyof typeof ZOOMS

export const zoomOfKey = (key: string): Zoom | undefined =>
  (Object.keys(ZOOMS) as Zoom[]).find((name) => ZOOMS[name].toLowerCase() === key)
