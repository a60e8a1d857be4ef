import { expect, test } from 'vitest'
import { countingRule, differential } from '../../cytology/index.ts'
import { differentialTable } from './differential-table.ts'

const CASE = { blast: 25, myelocyte: 200, lymphocyte: 175, erythroblast: 100, not_identifiable: 12 }

/** Columns that a terminal gives a line: two for a Chinese character, one for any other that we print. */
const columns = (line: string) => [...line].reduce((sum, c) => sum + (/\p{Script=Han}/u.test(c) ? 2 : 1), 0)

const cells = (text: string, name: string) =>
  text
    .split('\n')
    .find((line) => line.includes(name))
    ?.split('│')
    .slice(1, -1)
    .map((cell) => cell.trim())

test('a row a type with both names, count, percentage and interval', () => {
  const text = differentialTable(differential(CASE))
  expect(cells(text, 'Blast')).toEqual(['Blast', '原始细胞', '25', '5.0', '3.3–7.3'])
  expect(cells(text, 'Erythroblast')).toEqual(['Erythroblast', '有核红细胞', '100', '20.0', '16.6–23.8'])
  expect(cells(text, 'Basophil')).toEqual(['Basophil', '嗜碱性粒细胞', '0', '0.0', '0.0–0.7'])
  expect(text).not.toContain('Not identifiable')
})

test('says what was counted, the ratio under its name and what the numbers are for', () => {
  const text = differentialTable(differential(CASE))
  expect(text.split('\n').slice(-3)).toEqual([
    'Counted 500, not counted 12 (rule icsh_2008)',
    'M:E (ICSH) 2.0 (200 : 100)',
    'For research and education. Not a medical device.',
  ])
})

test('the columns line up, Chinese names and all, and hold no escape codes', () => {
  const lines = differentialTable(differential(CASE)).split('\n').slice(0, -3)
  expect(lines.length).toBeGreaterThan(12)
  expect(new Set(lines.map(columns)).size).toBe(1)
  expect(lines.join('')).not.toContain('\u001b')
})

test('an empty count has no percentages and no ratio', () => {
  const text = differentialTable(differential({}))
  expect(cells(text, 'Blast')).toEqual(['Blast', '原始细胞', '0', '–', '–'])
  expect(text).toContain('M:E (ICSH) not computable (0 : 0)')
})

test("a site's own M:E rule goes by its id", () => {
  const rule = countingRule('icsh_2008')
  const own = { ...rule, id: 'ours', meRule: { ...rule.meRule, id: 'our_ratio' } }
  expect(differentialTable(differential(CASE, own))).toContain('our_ratio 2.0 (200 : 100)')
})
