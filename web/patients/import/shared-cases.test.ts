/**
 * Lists that people had trouble with (cases/patients beside the image data), each with what is right for it; skipped where they are
 * not there. What the server says of dates and numbers is held beside it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { matchColumns, rowOf } from './columns.ts'
import { readTable } from './read-file.ts'

const data = process.env.MARROWSCOPE_DATA
const folder = data === undefined ? undefined : join(data, '../cases/patients')
const there = folder !== undefined && existsSync(folder)
if (!there) console.warn('the lists of cases/ beside MARROWSCOPE_DATA are not there: their tests are skipped')

describe.skipIf(!there)('lists that went wrong', () => {
  const read = (name: string) => {
    const table = readTable(readFileSync(join(folder!, name)))
    const mapping = matchColumns(table.header)
    const rows = table.rows.map((row) => ({ ...rowOf(row, mapping), fault: row.fault }))
    return {
      ...table,
      rows: rows.map((row) => [row.row, row.name, row.hospitalNumber, row.fault]),
      all: rows,
    }
  }

  test('a field that is cut within a character is told in its row, and the others are read', () => {
    const { encoding, all } = read('utf8-field-cut-in-character.csv')
    expect(encoding).toBe('UTF-8')
    expect(all.map(({ row, name, diagnosis }) => [row, name, diagnosis.includes('\ufffd')])).toEqual([
      [2, '李雷', false],
      [3, '王伟', false],
      [4, '韩梅', true],
    ])
    expect(all[1]!.diagnosis).toBe('巨幼贫血')
  })

  test('a quote that is not closed takes no other row along', () => {
    const { rows, all } = read('quotes.csv')
    expect(rows).toEqual([
      [2, '甲一', 'H1', undefined],
      [4, '甲二', 'H2', undefined],
      [5, '甲三', 'H3', 'QUOTE_OPEN'],
      [6, '甲四', 'H4', undefined],
    ])
    expect(all.slice(0, 2).map(({ diagnosis }) => diagnosis)).toEqual([
      '贫血, 待查\n第二行',
      '病史 "不详" 者',
    ])
  })

  test.each([
    ['pipe.csv', '|', [[2, '甲一', 'H1', undefined]]],
    ['sep-line.csv', ',', [[3, '甲一', 'H1', undefined]]],
    ['title-row-only.csv', ',', [[4, '甲一', 'H1', undefined], [5, '甲二', 'H2', undefined]]], // biome-ignore format: rows
    ['blank-lines.csv', ',', [[2, '甲一', 'H1', undefined], [5, '甲二', 'H2', undefined]]], // biome-ignore format: rows
  ])('%s', (name, separator, rows) => {
    expect(read(name)).toMatchObject({ separator, rows })
  })
})
