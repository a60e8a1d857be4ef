import { expect, test } from 'vitest'
import {
  CELL_CLASS_INFO,
  CELL_CLASSES,
  CELL_TYPES,
  type CellClass,
  isCellClass,
  LINEAGES,
  type Lineage,
  NOT_IDENTIFIABLE,
  typesOfLineage,
} from './cell-types.ts'

const rows = CELL_CLASSES.map((id) => CELL_CLASS_INFO[id])

test('the table lists the classes in the order of the output vector, the uncounted one last', () => {
  expect(Object.keys(CELL_CLASS_INFO)).toEqual([...CELL_CLASSES])
  expect(CELL_CLASSES.indexOf(NOT_IDENTIFIABLE)).toBe(CELL_TYPES.length)
})

test.each(['en', 'zh', 'abbreviation', 'colour'] as const)('no two classes share their %s', (column) => {
  expect(new Set(rows.map((row) => row[column])).size).toBe(rows.length)
})

test('abbreviations can be drawn with any font and names are in their script', () => {
  for (const row of rows) {
    expect(row.abbreviation).toMatch(/^[A-Z]{2,4}$/)
    expect(row.en).toMatch(/^[A-Z][a-z ]+$/)
    expect(row.zh).toMatch(/^\p{Script=Han}+$/u)
  }
})

test('every type but the blast belongs to exactly one lineage', () => {
  const inALineage = (Object.keys(LINEAGES) as Lineage[]).flatMap(typesOfLineage)
  expect([...inALineage, 'blast'].sort()).toEqual([...CELL_TYPES].sort())
  expect(typesOfLineage('erythroid')).toEqual(['erythroblast'])
})

test('isCellClass accepts ids only', () => {
  expect(CELL_CLASSES.every(isCellClass)).toBe(true)
  expect(['', 'Blast', 'neutrophil', 'toString', 'constructor'].some(isCellClass)).toBe(false)
})

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

/** Machado, Oliveira, Fernandes, IEEE TVCG 15 (2009) 1291, severity 1.0, on linear RGB. */
const VISION: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** From linear RGB, by B. Ottosson's definition of Oklab (2020). */
const RGB_TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const LMS_TO_OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]

function times(matrix: Matrix, [x, y, z]: Triple): Triple {
  const row = ([a, b, c]: Triple) => a * x + b * y + c * z
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

function map([x, y, z]: Triple, f: (value: number) => number): Triple {
  return [f(x), f(y), f(z)]
}

/** A class's colour in Oklab as a given eye sees it; a just noticeable difference is about 0.02. */
function seen(id: CellClass, vision: Matrix): Triple {
  const hex = CELL_CLASS_INFO[id].colour
  const srgb: Triple = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as [
    number,
    number,
    number,
  ]
  const linear = map(srgb, (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  const simulated = map(times(vision, linear), (c) => Math.min(1, Math.max(0, c)))
  return times(LMS_TO_OKLAB, map(times(RGB_TO_LMS, simulated), Math.cbrt))
}

test.each(Object.entries(VISION))('any two colours are well apart in %s vision', (_name, vision) => {
  for (const a of CELL_CLASSES) {
    for (const b of CELL_CLASSES.filter((other) => other > a)) {
      const [one, two] = [seen(a, vision), seen(b, vision)]
      expect(Math.hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2]), `${a} ${b}`).toBeGreaterThan(0.08)
    }
  }
})

test('the neutrophil line grows lighter as it matures', () => {
  const line = [
    'promyelocyte',
    'myelocyte',
    'metamyelocyte',
    'band_neutrophil',
    'segmented_neutrophil',
  ] as const
  const lightness = line.map((id) => seen(id, VISION.normal!)[0])
  expect(lightness).toEqual([...lightness].sort((a, b) => a - b))
})
