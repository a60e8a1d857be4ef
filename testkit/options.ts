import type { CellType } from '../cytology/index.ts'
import type { PaletteName } from './palettes.ts'

/** What to draw. Everything but the seed has a usual value. */
export interface FieldOptions {
  /** Any whole number; the same options and seed give the same bytes on any machine. */
  seed: number
  /** Pixels. */
  width?: number
  height?: number
  umPerPixel?: number
  /** How many nucleated cells, or how many per mm² of the field as far as there is room. */
  cells?: number | { perMm2: number }
  /** Weights by type; a type that is not named is not drawn. */
  types?: Partial<Record<CellType, number>>
  /** Share of the glass that red cells cover, 0..0.8. */
  redCells?: number
  /** Platelets per mm². */
  platelets?: number
  /** Precipitate, protein and fat holes: 0 = clean, 1 = a very dirty smear. */
  debris?: number
  /** Share of the nucleated cells that are placed against an earlier one, 0..1. */
  touching?: number
  /** How many of the nucleated cells the border of the field cuts. */
  cutByBorder?: number
  /** Sigma of the blur, µm: 0.1 = sharp, 0.8 = badly out of focus. */
  focus?: number
  /** 1 = well stained, 0.5 = badly under-stained. */
  stain?: number
  /** Unevenness of the light, 0 = even, 1 = a corner at half the light. */
  light?: number
  palette?: PaletteName
}

export type CompleteFieldOptions = Required<FieldOptions>

/**
 * A normal adult marrow's differential, per cent (Bain, Br J Haematol 1996;94:206, means, rounded; basophils kept
 * visible).
 */
export const NORMAL_MARROW: Partial<Record<CellType, number>> = {
  blast: 1.5,
  promyelocyte: 3.5,
  myelocyte: 11,
  metamyelocyte: 11,
  band_neutrophil: 14,
  segmented_neutrophil: 18,
  eosinophil: 2.5,
  basophil: 0.5,
  monocyte: 2,
  lymphocyte: 11,
  plasma_cell: 1,
  erythroblast: 24,
}

export function complete(options: FieldOptions): CompleteFieldOptions {
  return {
    width: 1280,
    height: 960,
    umPerPixel: 0.1,
    cells: { perMm2: 2000 },
    types: NORMAL_MARROW,
    redCells: 0.35,
    platelets: 500,
    debris: 0.2,
    touching: 0.15,
    cutByBorder: 0,
    focus: 0.12,
    stain: 1,
    light: 0.25,
    palette: 'cream',
    ...options,
  }
}
