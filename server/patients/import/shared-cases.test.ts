/**
 * Dates and numbers of lists that people had trouble with (cases/patients beside the image data), each with what is right for it;
 * skipped where they are not there.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { readRow } from './read-row.ts'

const data = process.env.MARROWSCOPE_DATA
const folder = data === undefined ? undefined : join(data, '../cases/patients')
const there = folder !== undefined && existsSync(folder)
if (!there) console.warn('the lists of cases/ beside MARROWSCOPE_DATA are not there: their tests are skipped')

const FIELDS = ['name', 'sex', 'birthDate', 'hospitalNumber', 'marrowNumber', 'receivedOn', 'diagnosis']

describe.skipIf(!there)('lists that went wrong', () => {
  /** By the name, what is read of a row, or its faults. */
  const read = (file: string) => {
    const rows: Record<string, string>[] = parse(readFileSync(join(folder!, file)), {
      columns: FIELDS,
      from: 2,
    })
    return Object.fromEntries(
      rows.map((row, i) => {
        const blank = { name: '', sex: '', birthDate: '', hospitalNumber: '', marrowNumber: '' }
        const answer = readRow(
          { ...blank, site: '', receivedOn: '', diagnosis: '', clinicalNote: '', ...row, row: i + 2 },
          '2026-01-02',
        )
        const said = Array.isArray(answer)
          ? answer.map(({ field, code }) => `${field} ${code}`)
          : [answer.birthDate, answer.receivedOn]
        return [row.name, said]
      }),
    )
  }
  const BIRTH = 'birthDate DATE_IMPOSSIBLE'

  test('dates with times and zones, and dates that nobody can tell', () => {
    expect(read('date-forms.csv')).toEqual({
      甲一: [BIRTH],
      甲二: [BIRTH],
      甲三: [BIRTH],
      甲四: ['receivedOn DATE_IMPOSSIBLE'],
      甲五: [BIRTH],
      甲六: [BIRTH],
      甲七: [BIRTH],
      甲八: [BIRTH],
      甲九: [BIRTH],
      甲十: ['receivedOn DATE_IMPOSSIBLE'],
      甲甲: ['1960-02-03', '2025-01-02'],
      甲乙: [BIRTH],
      甲丙: [BIRTH],
    })
  })

  test('what a spreadsheet made of numbers', () => {
    const [hospital, marrow] = ['hospitalNumber NUMBER_DAMAGED', 'marrowNumber NUMBER_DAMAGED']
    expect(read('ids-excel.csv')).toEqual({
      甲一: [hospital, marrow],
      甲二: [hospital, marrow],
      甲三: [hospital],
      甲四: [hospital, marrow],
      甲五: [hospital],
      甲六: [hospital],
    })
  })
})
