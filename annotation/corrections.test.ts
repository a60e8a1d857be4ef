import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCorrections, numbered } from './apply-corrections.ts'
import { parseCorrections } from './corrections.ts'
import type { LabelledField } from './labelled-image.ts'

const proposals: LabelledField = {
  file: 'a.png',
  source: '',
  width: 100,
  height: 80,
  boxes: [
    { box: [10, 10, 20, 20], label: 'nucleated_cell', number: 1, score: 0.5, proposedBy: 'detector' },
    { box: [40, 10, 20, 20], label: 'plasma_cell', number: 2, proposedBy: 'given' },
    { box: [70, 10, 20, 20], label: 'nucleated_cell', number: 3, score: 0.6, proposedBy: 'detector' },
    { box: [10, 50, 20, 20], label: 'nucleated_cell', number: 4, proposedBy: 'classical' },
  ],
}

function apply(...lines: string[]) {
  const { value, problems } = parseCorrections(['[a]', ...lines].join('\n'), 'c.txt')
  const applied = applyCorrections(proposals, value[0]!, 'c.txt')
  return {
    ...applied.value,
    problems: [...problems, ...applied.problems].map(({ where, why }) => `${where}: ${why}`),
  }
}

describe('each form', () => {
  const box = (number: number, ...lines: string[]) =>
    apply(...lines).field.boxes.find((b) => b.number === number)

  test('remove, one or several', () => {
    expect(apply('- 1', '-3 4').field.boxes.map((b) => b.number)).toEqual([2])
  })
  test('adjust, by size or by corners, cut off at the edge of the image', () => {
    expect(box(1, '1: 5 6 30 40')).toMatchObject({ box: [5, 6, 30, 40], touchesEdge: false })
    expect(box(1, '1: 5 6 .. 35 46')).toMatchObject({ box: [5, 6, 30, 40] })
    expect(box(3, '3: 80 -4 40 20')).toMatchObject({ box: [80, 0, 20, 16], touchesEdge: true })
  })
  test('a box that ends just before the edge is drawn up to it', () => {
    expect(box(1, '1: 2 5 .. 30 78')).toMatchObject({ box: [0, 5, 30, 75], touchesEdge: true })
    expect(box(1, '1: 3 5 .. 30 77')).toMatchObject({ box: [3, 5, 27, 72], touchesEdge: false })
  })
  test('add; a later line may correct what was added', () => {
    expect(box(5, '+ 60 50 10 12')).toMatchObject({ box: [60, 50, 10, 12], label: 'nucleated_cell' })
    expect(box(5, '+ 60 50 .. 70 62 plasma_cell')).toMatchObject({
      box: [60, 50, 10, 12],
      label: 'plasma_cell',
    })
    expect(box(5, '+ 60 50 10 12 ignore naked')).toMatchObject({ ignore: true, reason: 'naked' })
    expect(box(6, '+ 60 50 10 12', '+ 20 30 10 12', '6: 21 30 10 12')?.box).toEqual([21, 30, 10, 12])
  })
  test('ignore, keep, label, remarks', () => {
    expect(box(2, '2 ignore smudged # only a stain')).toMatchObject({ ignore: true, reason: 'smudged' })
    expect(box(2, '2 ignore smudged', '2 keep')).toEqual({
      box: [40, 10, 20, 20],
      label: 'plasma_cell',
      number: 2,
      touchesEdge: false,
    })
    expect(box(1, '1 label plasma_cell')?.label).toBe('plasma_cell')
  })
})

test('what became of the proposals is counted', () => {
  const { counts, field, problems } = apply(
    '- 1',
    '2: 41 10 20 20',
    '3 ignore blurred',
    '+ 60 50 10 12',
    '+ 1 1 5 5',
  )
  expect(problems).toEqual([])
  expect(counts).toEqual({ proposed: 4, right: 1, adjusted: 1, removed: 1, added: 2, ignored: 1 })
  expect(field.boxes.every((b) => b.score === undefined && b.proposedBy === undefined)).toBe(true)
})

test('an image without corrections is looked at and right', () => {
  expect(apply().counts).toMatchObject({ proposed: 4, right: 4 })
})

test('all faults are listed with their lines', () => {
  const text = [
    '- 1',
    '[a]',
    '- 9',
    '1: 5 5 5',
    '7',
    '2 ignore ugly',
    '3 label cat',
    '+ 1 1 0 5',
    '+ 200 1 5 5',
    '[a]',
    '- 1',
    '4: 9 9 .. 8 20',
  ]
  const { value, problems } = parseCorrections(text.join('\n'), 'c.txt')
  const applied = applyCorrections(proposals, value[0]!, 'c.txt')
  expect([...problems, ...applied.problems].map(({ where }) => where)).toEqual(
    [1, 4, 5, 6, 7, 8, 10, 12, 3, 9].map((line) => `line ${line}`),
  )
  expect(problems.map(({ why }) => why).join('\n')).toContain(
    "'ugly' is no reason to ignore a box; the reasons are naked,",
  )
})

test('numbers are given to boxes that have none, above those that are there', () => {
  const boxes = [
    { box: [1, 1, 2, 2], label: 'blast', number: 7 },
    { box: [4, 4, 2, 2], label: 'blast' },
  ] as LabelledField['boxes']
  expect(numbered({ ...proposals, boxes }).boxes.map((b) => b.number)).toEqual([7, 8])
})

test('no text makes it throw', () => {
  const line = fc.oneof(fc.string(), fc.stringMatching(/^[-+\d: .[\]a#]{0,20}$/))
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const { value, problems } = parseCorrections(lines.join('\n'), 'c.txt')
      for (const image of value) applyCorrections(proposals, image, 'c.txt')
      for (const { where } of problems) expect(where).toMatch(/^line \d+$/)
    }),
  )
})
