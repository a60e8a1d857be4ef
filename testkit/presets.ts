import type { FieldOptions } from './options.ts'

export type PresetOptions = Omit<FieldOptions, 'seed'>

/** Named fields: what the demonstration shows, and the difficulties that a detector must stand. */
export const PRESETS = {
  /** An orderly field of blood-rich marrow. */
  demo1: {
    cells: 26,
    palette: 'cream',
    redCells: 0.4,
    touching: 0.2,
    cutByBorder: 2,
    debris: 0.3,
    light: 0.3,
  },
  /** A greyish, dirtier field with many immature cells. */
  demo2: {
    cells: 30,
    types: {
      blast: 3,
      promyelocyte: 4,
      myelocyte: 5,
      metamyelocyte: 4,
      segmented_neutrophil: 3,
      erythroblast: 6,
      lymphocyte: 2,
      eosinophil: 1,
    },
    palette: 'grey',
    redCells: 0.25,
    touching: 0.35,
    cutByBorder: 3,
    debris: 0.4,
    light: 0.4,
  },
  /** A pale violet field rich in plasma cells. */
  demo3: {
    cells: 24,
    types: {
      plasma_cell: 4,
      lymphocyte: 2,
      erythroblast: 3,
      segmented_neutrophil: 2,
      band_neutrophil: 1,
      monocyte: 2,
      basophil: 1,
    },
    palette: 'lilac',
    redCells: 0.2,
    touching: 0.25,
    cutByBorder: 2,
    debris: 0.5,
    light: 0.5,
    focus: 0.18,
  },
  /** As many cells as find room, most against another. */
  crowded: { cells: { perMm2: 3200 }, touching: 0.8, redCells: 0.15, palette: 'white' },
  /** Half of the cells are cut by the border. */
  border: { cells: 24, cutByBorder: 12, redCells: 0.35 },
  outOfFocus: { focus: 0.55, palette: 'grey', redCells: 0.3 },
  underStained: { stain: 0.5, palette: 'lilac', redCells: 0.3 },
  /** A slide scan in little: some thousands of cells. */
  thousands: {
    width: 8000,
    height: 6000,
    umPerPixel: 0.25,
    cells: 4000,
    touching: 0.3,
    cutByBorder: 20,
    redCells: 0.3,
    focus: 0.2,
  },
} as const satisfies Record<string, PresetOptions>

export type PresetName = keyof typeof PRESETS

/** The three fields of the demonstration. */
export const DEMO_FIELDS: readonly FieldOptions[] = [
  { ...PRESETS.demo1, seed: 1 },
  { ...PRESETS.demo2, seed: 2 },
  { ...PRESETS.demo3, seed: 3 },
]
