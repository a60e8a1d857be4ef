/** Preloaded into a process (`--import`), it makes that process believe a wrong time: SHIFT_CLOCK is by how many ms. */
const shift = Number(process.env.SHIFT_CLOCK ?? 0)
const Real = Date
globalThis.Date = class extends Real {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(Real.now() + shift)
    else super(...(given as [number]))
  }
  static override now = (): number => Real.now() + shift
} as DateConstructor
