import { describe, expect, it } from 'vitest'
import { isEmptyForm, mergeReadings, parseCellReadings } from './cell-readings.ts'

const parsed = (text: string) => parseCellReadings(text, 'answers.txt')

describe('parseCellReadings', () => {
  it('takes ids and abbreviations, comments and blank lines, and counts what is not read', () => {
    const { value, problems, unread } = parsed('# sheet 1\n12 PLA sure\n\n 7 erythroblast Guess pale\r\n9 \n')
    expect(problems).toEqual([])
    expect(value).toEqual([
      { cell: 12, type: 'plasma_cell', certainty: 'sure' },
      { cell: 7, type: 'erythroblast', certainty: 'guess' },
    ])
    expect(unread).toEqual([9])
  })

  it.each([
    ['x PLA sure', "'x' is not the number of a cell; a line is <number> <type> <sure|likely|guess>"],
    ['0 PLA sure', "'0' is not the number of a cell; a line is <number> <type> <sure|likely|guess>"],
    [
      '3 PLASMA sure',
      "'PLASMA' is no type; the types are BLA, PMY, MYE, MMY, BND, SEG, EOS, BAS, MON, LYM, PLA, ERY, NID",
    ],
    ['3 PLA', "after the type there is ''; say one of sure, likely, guess"],
    ['3 PLA perhaps', "after the type there is 'perhaps'; say one of sure, likely, guess"],
  ])('refuses %j with its line', (line, why) => {
    expect(parsed(`1 LYM sure\n${line}`).problems).toEqual([{ file: 'answers.txt', where: 'line 2', why }])
  })

  it('refuses a cell that is answered twice, or answered and left open, with both lines', () => {
    const why = 'cell 1 came before, in line 1'
    expect(parsed('1 LYM sure\n1 \n').problems).toEqual([{ file: 'answers.txt', where: 'line 2', why }])
    expect(parsed('1 LYM sure\n\n1 LYM sure\n1\n').problems).toEqual([
      { file: 'answers.txt', where: 'line 3', why },
      { file: 'answers.txt', where: 'line 4', why },
    ])
  })
})

describe('isEmptyForm', () => {
  it.each(['12 \n7 \n', '12\r\n7 \r\n\r\n', ''])('is true of numbers alone: %j', (text) => {
    expect(isEmptyForm(text)).toBe(true)
  })

  it.each(['12 PLA sure\n7 \n', '12 \n7 PLA', '12 \n# blurred\n', '12 ?\n'])('is false of %j', (text) => {
    expect(isEmptyForm(text)).toBe(false)
  })
})

describe('mergeReadings', () => {
  const read = (
    cell: number,
    type: 'lymphocyte' | 'erythroblast' | 'plasma_cell',
    certainty: 'sure' | 'likely',
  ) => ({
    cell,
    type,
    certainty,
  })

  it('keeps one reader as he is, in the order of the numbers', () => {
    expect(
      mergeReadings([read(2, 'lymphocyte', 'sure'), read(1, 'plasma_cell', 'sure')]).map((r) => r.cell),
    ).toEqual([1, 2])
  })

  it('takes the less certain word where two agree', () => {
    const [merged] = mergeReadings([read(1, 'lymphocyte', 'sure')], [read(1, 'lymphocyte', 'likely')])
    expect(merged).toMatchObject({ type: 'lymphocyte', certainty: 'likely', agreed: 'yes' })
  })

  it('lets a third reading decide where two differ, and says where none did', () => {
    const [first, second] = [[read(1, 'lymphocyte', 'sure')], [read(1, 'erythroblast', 'sure')]]
    expect(mergeReadings(first, second)[0]).toMatchObject({ type: 'lymphocyte', agreed: 'no' })
    expect(mergeReadings(first, second, [read(1, 'erythroblast', 'likely')])[0]).toMatchObject({
      type: 'erythroblast',
      certainty: 'likely',
      agreed: 'third',
      second: { type: 'erythroblast' },
    })
    expect(mergeReadings(first, second, [read(1, 'plasma_cell', 'likely')])[0]).toMatchObject({
      agreed: 'no',
    })
  })
})
