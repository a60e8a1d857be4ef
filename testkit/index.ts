export {
  type Box,
  type CellOptions,
  type DrawnCell,
  type DrawnField,
  drawCell,
  drawField,
} from './field.ts'
export { type FieldOptions, NORMAL_MARROW } from './options.ts'
export { PALETTES, type PaletteName } from './palettes.ts'
export { DEMO_FIELDS, PRESETS, type PresetName, type PresetOptions } from './presets.ts'
export { mixSeed, type Random, seededRandom } from './prng.ts'
export { RECIPES, type Recipe } from './recipes.ts'
