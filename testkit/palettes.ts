import { ln } from './math.ts'

/** Optical density of a dye at its usual thickness, for red, green and blue light. */
export type Dye = readonly [number, number, number]

export interface Palette {
  /** Light of an empty place, 0..255. */
  light: readonly [number, number, number]
  /** What the dyes of the stain do to that light. */
  dyes: Record<DyeName, Dye>
  /** How pale the middle of a red cell is, [least, most], 0 = as its rim, 1 = as the background. */
  pallor: readonly [number, number]
  /** How much dried plasma and dust lies on the glass, 0..1. */
  dirt: number
  /** How hard the camera sharpens edges, 0..1. */
  sharpening: number
  /** Standard deviation of the sensor noise, in grey levels. */
  noise: number
}

export type DyeName =
  | 'redCell'
  | 'chromatin'
  | 'parachromatin'
  | 'blue'
  | 'greyBlue'
  | 'pink'
  | 'azurophil'
  | 'neutral'
  | 'eosin'
  | 'basophil'
  | 'platelet'

type Rgb = readonly [number, number, number]

/** A dye is given by the colour that it has on this palette's empty place. */
function palette(
  light: Rgb,
  colours: Record<DyeName, Rgb>,
  rest: Pick<Palette, 'pallor' | 'dirt' | 'sharpening' | 'noise'>,
): Palette {
  const density = (colour: Rgb) =>
    colour.map((value, i) => -ln(Math.min(1, value / light[i]!))) as unknown as Dye
  const dyes = Object.fromEntries(Object.entries(colours).map(([name, colour]) => [name, density(colour)]))
  return { light, dyes: dyes as Palette['dyes'], ...rest }
}

/** Looks of real laboratories: light source, white balance, buffer and camera make the same dyes look different. */
export const PALETTES = {
  cream: palette(
    [254, 230, 204],
    {
      redCell: [203, 165, 165],
      chromatin: [66, 27, 124],
      parachromatin: [156, 104, 166],
      blue: [112, 100, 168],
      greyBlue: [176, 152, 178],
      pink: [222, 184, 184],
      azurophil: [120, 46, 132],
      neutral: [176, 120, 156],
      eosin: [190, 110, 124],
      basophil: [62, 24, 112],
      platelet: [140, 92, 160],
    },
    { pallor: [0.25, 0.85], dirt: 0.1, sharpening: 0.7, noise: 1.5 },
  ),
  grey: palette(
    [206, 208, 202],
    {
      redCell: [160, 150, 142],
      chromatin: [58, 20, 122],
      parachromatin: [132, 66, 178],
      blue: [84, 92, 172],
      greyBlue: [136, 138, 190],
      pink: [184, 166, 196],
      azurophil: [98, 36, 148],
      neutral: [148, 112, 176],
      eosin: [158, 110, 140],
      basophil: [44, 16, 104],
      platelet: [134, 96, 172],
    },
    { pallor: [0, 0.4], dirt: 0.5, sharpening: 0.1, noise: 3 },
  ),
  lilac: palette(
    [226, 220, 236],
    {
      redCell: [206, 194, 200],
      chromatin: [62, 24, 116],
      parachromatin: [146, 84, 176],
      blue: [110, 114, 180],
      greyBlue: [164, 160, 206],
      pink: [206, 178, 216],
      azurophil: [120, 50, 150],
      neutral: [172, 124, 190],
      eosin: [192, 136, 170],
      basophil: [56, 22, 106],
      platelet: [150, 104, 180],
    },
    { pallor: [0, 0.5], dirt: 0.8, sharpening: 0.3, noise: 2.5 },
  ),
  white: palette(
    [244, 241, 250],
    {
      redCell: [206, 188, 194],
      chromatin: [42, 14, 122],
      parachromatin: [124, 60, 192],
      blue: [94, 98, 200],
      greyBlue: [166, 160, 230],
      pink: [216, 186, 238],
      azurophil: [112, 40, 170],
      neutral: [170, 116, 208],
      eosin: [204, 136, 182],
      basophil: [44, 14, 112],
      platelet: [156, 106, 196],
    },
    { pallor: [0.05, 0.6], dirt: 0.4, sharpening: 0.15, noise: 2.5 },
  ),
  tan: palette(
    [214, 217, 213],
    {
      redCell: [194, 184, 164],
      chromatin: [70, 24, 112],
      parachromatin: [136, 72, 160],
      blue: [92, 112, 176],
      greyBlue: [158, 166, 200],
      pink: [198, 180, 194],
      azurophil: [112, 44, 140],
      neutral: [166, 122, 172],
      eosin: [184, 128, 146],
      basophil: [52, 20, 100],
      platelet: [148, 108, 176],
    },
    { pallor: [0, 0.3], dirt: 0.7, sharpening: 0.35, noise: 2 },
  ),
  washed: palette(
    [206, 208, 204],
    {
      redCell: [184, 150, 160],
      chromatin: [96, 50, 204],
      parachromatin: [124, 84, 216],
      blue: [124, 120, 214],
      greyBlue: [168, 156, 210],
      pink: [192, 166, 200],
      azurophil: [132, 72, 190],
      neutral: [168, 130, 196],
      eosin: [188, 138, 172],
      basophil: [84, 44, 170],
      platelet: [130, 108, 210],
    },
    { pallor: [0.1, 0.7], dirt: 0.2, sharpening: 0.0, noise: 2 },
  ),
} as const satisfies Record<string, Palette>

export type PaletteName = keyof typeof PALETTES
