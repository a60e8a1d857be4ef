import type { CellType } from '../cytology/index.ts'
import type { CytoplasmLook } from './cytoplasm.ts'
import type { GranuleLook } from './granules.ts'
import type { NucleusLook } from './nucleus.ts'

type Pair = readonly [number, number]

/** What a type of cell looks like. Pairs are [least, most]. */
export interface Recipe {
  /** µm, of the circle of the same size as the cell. */
  diameter: Pair
  /** Long axis by short axis. */
  elongation: Pair
  /** How far the edge wanders, as a share of the radius. */
  wobble: number
  /** How frayed the edge is, as a share of the radius. */
  fringe: number
  /** Blebs and pseudopods: how many at most, and how far they stand out as a share of the radius. */
  blebs: Pair
  nucleus: NucleusLook
  cytoplasm: CytoplasmLook
  granules: GranuleLook[]
}

const neutralGranules: GranuleLook = {
  dye: 'neutral',
  perSquareUm: [1.6, 4],
  radius: [0.11, 0.24],
  strength: 0.5,
  overNucleus: 0,
}

/**
 * The twelve types, after Bain, Bone Marrow Pathology (2019), chapter 1, and the ICSH terminology for neutrophils:
 * a band's nucleus has no part as thin as a thread, a segmented one's lobes are joined by threads.
 */
export const RECIPES: Record<CellType, Recipe> = {
  blast: {
    diameter: [12, 17.5],
    elongation: [1, 1.2],
    wobble: 0.08,
    fringe: 0.02,
    blebs: [2, 0.12],
    nucleus: {
      form: 'round',
      size: [0.78, 0.87],
      offset: [0, 0.1],
      grain: 0.6,
      density: [0.48, 0.62],
      channels: 0,
      contrast: 0.3,
      rim: 0.15,
      nucleoli: [1, 4],
    },
    cytoplasm: { dyes: { blue: [0.55, 0.9] }, rim: 0.25, pale: 0.3, mottle: 0.2, vacuoles: [0, 1] },
    granules: [],
  },
  promyelocyte: {
    diameter: [14.5, 21],
    elongation: [1, 1.25],
    wobble: 0.07,
    fringe: 0.018,
    blebs: [1, 0.08],
    nucleus: {
      form: 'round',
      size: [0.6, 0.72],
      offset: [0.12, 0.26],
      grain: 0.6,
      density: [0.5, 0.64],
      channels: 0,
      contrast: 0.5,
      rim: 0.12,
      nucleoli: [1, 3],
    },
    cytoplasm: {
      dyes: { blue: [0.3, 0.7], greyBlue: [0.2, 0.5] },
      rim: 0.25,
      pale: 0.45,
      mottle: 0.25,
      vacuoles: [0, 1],
    },
    granules: [
      { dye: 'azurophil', perSquareUm: [1.2, 3.2], radius: [0.14, 0.3], strength: 0.7, overNucleus: 0.5 },
    ],
  },
  myelocyte: {
    diameter: [12.5, 17],
    elongation: [1, 1.25],
    wobble: 0.08,
    fringe: 0.008,
    blebs: [0, 0],
    nucleus: {
      form: 'halfMoon',
      size: [0.54, 0.66],
      offset: [0.14, 0.26],
      grain: 0.65,
      density: [0.55, 0.68],
      channels: 0.1,
      contrast: 0.75,
      rim: 0.2,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { greyBlue: [0.35, 0.8], pink: [0.3, 0.7] },
      rim: 0.1,
      pale: 0.25,
      mottle: 0.2,
      vacuoles: [0, 0],
    },
    granules: [
      neutralGranules,
      { dye: 'azurophil', perSquareUm: [0.1, 0.5], radius: [0.14, 0.24], strength: 0.7, overNucleus: 0.1 },
    ],
  },
  metamyelocyte: {
    diameter: [12, 15.5],
    elongation: [1, 1.2],
    wobble: 0.08,
    fringe: 0.006,
    blebs: [0, 0],
    nucleus: {
      form: 'kidney',
      size: [0.4, 0.48],
      offset: [0.08, 0.2],
      grain: 0.7,
      density: [0.58, 0.7],
      channels: 0.15,
      contrast: 0.8,
      rim: 0.25,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { greyBlue: [0.15, 0.45], pink: [0.5, 0.9] },
      rim: 0.05,
      pale: 0.1,
      mottle: 0.15,
      vacuoles: [0, 0],
    },
    granules: [neutralGranules],
  },
  band_neutrophil: {
    diameter: [12, 15.5],
    elongation: [1, 1.2],
    wobble: 0.05,
    fringe: 0.005,
    blebs: [0, 0],
    nucleus: {
      form: 'band',
      size: [0.23, 0.3],
      offset: [0, 0.08],
      grain: 0.75,
      density: [0.64, 0.78],
      channels: 0.2,
      contrast: 0.85,
      rim: 0.4,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { greyBlue: [0, 0.2], pink: [0.6, 1] },
      rim: 0.05,
      pale: 0,
      mottle: 0.12,
      vacuoles: [0, 1],
    },
    granules: [neutralGranules],
  },
  segmented_neutrophil: {
    diameter: [12, 15.5],
    elongation: [1, 1.2],
    wobble: 0.05,
    fringe: 0.005,
    blebs: [0, 0],
    nucleus: {
      form: 'lobes',
      size: [0.25, 0.32],
      offset: [0, 0.08],
      grain: 0.75,
      density: [0.66, 0.82],
      channels: 0.2,
      contrast: 0.85,
      rim: 0.4,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { greyBlue: [0, 0.15], pink: [0.6, 1] },
      rim: 0.05,
      pale: 0,
      mottle: 0.12,
      vacuoles: [0, 1],
    },
    granules: [neutralGranules],
  },
  eosinophil: {
    diameter: [13.5, 17],
    elongation: [1, 1.2],
    wobble: 0.04,
    fringe: 0.01,
    blebs: [0, 0],
    nucleus: {
      form: 'twoLobes',
      size: [0.28, 0.34],
      offset: [0.05, 0.2],
      grain: 0.85,
      density: [0.58, 0.7],
      channels: 0.2,
      contrast: 0.8,
      rim: 0.35,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { pink: [0.4, 0.7], eosin: [0.45, 0.65] },
      rim: 0,
      pale: 0,
      mottle: 0.1,
      vacuoles: [0, 0],
    },
    granules: [
      { dye: 'eosin', perSquareUm: [3, 4.5], radius: [0.22, 0.34], strength: 0.22, overNucleus: 0.02 },
    ],
  },
  basophil: {
    diameter: [10.5, 14.5],
    elongation: [1, 1.2],
    wobble: 0.05,
    fringe: 0.02,
    blebs: [0, 0],
    nucleus: {
      form: 'twoLobes',
      size: [0.32, 0.38],
      offset: [0, 0.12],
      grain: 0.9,
      density: [0.45, 0.6],
      channels: 0,
      contrast: 0.5,
      rim: 0.05,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { pink: [0.5, 1], azurophil: [0.15, 0.35] },
      rim: 0.05,
      pale: 0,
      mottle: 0.25,
      vacuoles: [0, 2],
    },
    granules: [
      { dye: 'basophil', perSquareUm: [2.4, 4], radius: [0.22, 0.45], strength: 0.6, overNucleus: 0.7 },
    ],
  },
  monocyte: {
    diameter: [14.5, 20],
    elongation: [1, 1.3],
    wobble: 0.11,
    fringe: 0.02,
    blebs: [3, 0.2],
    nucleus: {
      form: 'folded',
      size: [0.34, 0.44],
      offset: [0, 0.16],
      grain: 0.65,
      density: [0.46, 0.6],
      channels: 0.1,
      contrast: 0.7,
      rim: 0.25,
      nucleoli: [0, 0],
    },
    cytoplasm: { dyes: { greyBlue: [0.8, 1.25] }, rim: 0.12, pale: 0.1, mottle: 0.3, vacuoles: [0, 9] },
    granules: [
      { dye: 'azurophil', perSquareUm: [0.4, 1.4], radius: [0.08, 0.14], strength: 0.5, overNucleus: 0 },
    ],
  },
  lymphocyte: {
    diameter: [9, 13],
    elongation: [1, 1.2],
    wobble: 0.06,
    fringe: 0.025,
    blebs: [2, 0.2],
    nucleus: {
      form: 'notched',
      size: [0.8, 0.9],
      offset: [0, 0.08],
      grain: 0.9,
      density: [0.6, 0.76],
      channels: 0.25,
      contrast: 0.7,
      rim: 0.3,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { greyBlue: [0.5, 0.9], blue: [0.15, 0.5] },
      rim: 0.2,
      pale: 0.1,
      mottle: 0.2,
      vacuoles: [0, 0],
    },
    granules: [],
  },
  plasma_cell: {
    diameter: [12, 16],
    elongation: [1.15, 1.5],
    wobble: 0.06,
    fringe: 0.012,
    blebs: [1, 0.1],
    nucleus: {
      form: 'round',
      size: [0.5, 0.6],
      offset: [0.36, 0.46],
      grain: 1.05,
      density: [0.55, 0.66],
      channels: 0.3,
      contrast: 0.9,
      rim: 0.45,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { blue: [0.6, 1.05], greyBlue: [0, 0.3] },
      rim: 0.2,
      pale: 0.6,
      mottle: 0.3,
      vacuoles: [0, 3],
    },
    granules: [],
  },
  erythroblast: {
    diameter: [7.5, 11.5],
    elongation: [1, 1.12],
    wobble: 0.06,
    fringe: 0.005,
    blebs: [1, 0.06],
    nucleus: {
      form: 'round',
      size: [0.54, 0.74],
      offset: [0, 0.14],
      grain: 1,
      density: [0.62, 0.95],
      channels: 0.3,
      contrast: 0.9,
      rim: 0.3,
      nucleoli: [0, 0],
    },
    cytoplasm: {
      dyes: { redCell: [0.2, 0.8], greyBlue: [0.35, 1] },
      rim: 0.08,
      pale: 0.05,
      mottle: 0.1,
      vacuoles: [0, 0],
    },
    granules: [],
  },
}
