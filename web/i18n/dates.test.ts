import { beforeAll, expect, test, vi } from 'vitest'

let dates: typeof import('./dates.ts')
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' })
  vi.stubGlobal('document', { documentElement: {}, createElement: () => ({}) })
  dates = await import('./dates.ts')
  return () => vi.unstubAllGlobals()
})

test('days and times have one form a language', () => {
  const at = new Date(2026, 10, 3, 7, 5, 9).getTime()
  expect(dates.momentText(at, 'en')).toBe('3 Nov 2026, 07:05')
  expect(dates.momentText(at, 'zh')).toBe('2026年11月3日 07:05')
  expect(dates.dayText('2026-11-03', 'en')).toBe('3 Nov 2026')
  expect(dates.dayText('2026-11-03', 'zh')).toBe('2026年11月3日')
  expect(dates.dayText(at, 'en')).toBe('3 Nov 2026')
  expect(dates.dayText('', 'en')).toBe('')
  expect(dates.clockText(at, 'zh')).toBe('07:05:09')
})
