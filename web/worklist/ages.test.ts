import { expect, test } from 'vitest'
import { daysSince, yearsOld } from './ages.ts'

test('a year is full on the birthday', () => {
  const at = (month: number, day: number) => new Date(2026, month - 1, day, 12).getTime()
  expect(yearsOld('1960-02-29', at(2, 28))).toBe(65)
  expect(yearsOld('1960-02-29', at(3, 1))).toBe(66)
  expect(yearsOld('1960-05-04', at(5, 4))).toBe(66)
  expect(yearsOld('1960-05-04', at(5, 3))).toBe(65)
})

test('days are whole, and none before the marrow came', () => {
  expect(daysSince('2026-01-01', Date.UTC(2026, 0, 4, 23))).toBe(3)
  expect(daysSince('2026-01-05', Date.UTC(2026, 0, 4))).toBe(0)
})
