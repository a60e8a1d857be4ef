import { expect, test } from 'vitest'
import {
  CELL_CLASS_INFO,
  CELL_CLASSES,
  CELL_TYPES,
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
