import { expect, test } from 'vitest'
import { ScanBuffer } from './scanner.ts'

function typed(text: string, gap: number, buffer = new ScanBuffer(), from = 0): string | null {
  return [...[...text], 'Enter'].map((key, i) => buffer.key(key, from + i * gap)).at(-1)!
}

test('what is typed within a blink and ends with Enter is a scan, what a person types is none', () => {
  expect(typed('G2024-001', 5)).toBe('G2024-001')
  expect(typed('G2024-001', 120)).toBeNull()
  expect(typed('abc', 5)).toBeNull()
})

test('one scan after the other, and a scan after a person has typed', () => {
  const buffer = new ScanBuffer()
  expect(typed('1234', 5, buffer)).toBe('1234')
  expect(typed('5678', 5, buffer, 1000)).toBe('5678')
  buffer.key('x', 3000)
  expect(typed('90123', 5, buffer, 4000)).toBe('90123')
})

test('Shift belongs to a capital, an arrow to a person', () => {
  const keys = (all: string[]) => {
    const buffer = new ScanBuffer()
    return all.map((key, i) => buffer.key(key, i * 5)).at(-1)
  }
  expect(keys(['Shift', 'G', '1', '2', '3', 'Enter'])).toBe('G123')
  expect(keys(['1', '2', 'ArrowDown', '3', '4', 'Enter'])).toBeNull()
})
