import { expect, test } from 'vitest'
import type { HealthPart } from '../api/types.ts'
import { enAdministration } from '../i18n/en-administration.ts'
import { bytesText, durationText, valuesText } from './values.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [20_756_000, '20.8 MB'],
  [999_600, '1.0 MB'],
  [153_400_000_000, '153 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

test.each([
  [0.4, 'en', '0.4 ms'],
  [1500, 'en', '1,500 ms'],
  [90_000, 'en', '90 seconds'],
  [3 * 86_400_000, 'en', '3 days'],
  [3 * 86_400_000, 'zh', '3天'],
])('%d ms are, in %s, %s', (ms, locale, text) => {
  expect(durationText(ms, locale).replaceAll('\u00a0', ' ')).toBe(text)
})

test('values are written by what their names end in', () => {
  const values = { freeBytes: 2e9, oldestMs: 7_200_000, rows: 12_000, message: 'no', verified: null }
  expect(valuesText(values, 'en')).toEqual({
    freeBytes: '2.0 GB',
    oldestMs: '2 hours',
    rows: '12,000',
    message: 'no',
    verified: '–',
  })
})

test('each thing that can be said of a part has its sentence, and what is not well says what to do', () => {
  // The compiler holds the first: a code without its sentence is an error here.
  const said: Record<HealthPart['code'], string> = enAdministration.administration.is
  const todo: Record<string, string> = enAdministration.administration.todo
  const well = Object.keys(said).filter((code) => !todo[code])
  expect(well.sort()).toEqual([
    ...['AUDIT_OK', 'BACKUP_OK', 'CLOCK_OK', 'CONNECTION_LOCAL', 'CONNECTION_OK', 'DATABASE_OK'],
    ...[
      'IMAGES_OK',
      'MEMORY_OK',
      'NETWORKS_IDLE',
      'NETWORKS_OK',
      'QUEUE_OK',
      'RETENTION_OFF',
      'RETENTION_OK',
      'STORE_OK',
    ],
  ])
})
