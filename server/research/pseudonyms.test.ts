import { expect, test } from 'vitest'
import { ageIn, Pseudonyms } from './pseudonyms.ts'

test('a patient’s days are all moved alike, by one day to a year, and names are given once', () => {
  const names = new Pseudonyms()
  const moved = (id: string, day: string) => Date.parse(names.day(id, day)) - Date.parse(day)
  for (let i = 0; i < 200; i++) {
    const shift = moved(`p${i}`, '2024-02-28')
    expect(moved(`p${i}`, '2023-07-01')).toBe(shift)
    expect(Math.abs(shift) / 86_400_000).toBeGreaterThanOrEqual(1)
    expect(Math.abs(shift) / 86_400_000).toBeLessThanOrEqual(365)
  }
  expect(names.day('p0', Date.parse('2024-02-28T13:00:00Z'))).toBe(names.day('p0', '2024-02-28'))
  expect([names.day('p0', null), names.day('p0', 'unknown')]).toEqual(['', ''])
  expect(names.of('S', 'a')).toBe(names.of('S', 'a'))
  expect(new Set(Array.from({ length: 1000 }, (_, i) => names.of('S', String(i)))).size).toBe(1000)
  expect(new Pseudonyms().of('S', 'a')).not.toBe(names.of('S', 'a'))
})

test.each([
  ['1960-05-10', '2024-05-09', '63'],
  ['1960-05-10', '2024-05-10', '64'],
  ['1934-05-10', '2024-05-10', '90+'],
  ['1934-05-10', '2024-05-09', '89'],
  ['1910-01-01', '2024-05-09', '90+'],
  [null, '2024-05-09', ''],
  ['2025-01-01', '2024-05-09', ''],
])('born %s, on %s: %s', (born, day, age) => {
  expect(ageIn(born, day)).toBe(age)
})
