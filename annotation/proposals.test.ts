import { describe, expect, test } from 'vitest'
import { disagreement, type Findings, mergeProposals } from './proposals.ts'

const image = { file: 'a.png', source: '', width: 100, height: 80 }
const nothing: Findings = { given: [], detected: [], classical: [] }

function merged(findings: Partial<Findings>) {
  return mergeProposals(image, { ...nothing, ...findings }).boxes.map(
    ({ box, label, proposedBy, number }) => `${number} ${proposedBy} ${label} ${box.join(' ')}`,
  )
}

describe('one box a cell', () => {
  const given = (merges: boolean) => [
    { box: [10, 10, 40, 20] as [number, number, number, number], label: 'plasma_cell', merged: merges },
  ]
  const halves: Findings['detected'] = [
    { box: [30, 10, 20, 20], score: 0.9 },
    { box: [10, 10.4, 20, 20], score: 0.8 },
  ]
  test('a given box goes before a detection of the same cell', () => {
    expect(merged({ given: given(false), detected: [{ box: [12, 10, 40, 22], score: 0.9 }] })).toEqual([
      '1 given plasma_cell 10 10 40 20',
    ])
  })
  test('a given box that may hold several gives way to those that the detector sees, and they take its label', () => {
    expect(merged({ given: given(true), detected: halves })).toEqual([
      '1 detector plasma_cell 10 10 20 20',
      '2 detector plasma_cell 30 10 20 20',
    ])
    expect(merged({ given: given(true) })).toEqual(['1 given plasma_cell 10 10 40 20'])
  })
  test('a detection around two surer ones, or mostly in one, is left out', () => {
    const around = { box: [8, 8, 44, 24] as [number, number, number, number], score: 0.5 }
    const within = { box: [12, 12, 10, 10] as [number, number, number, number], score: 0.5 }
    expect(merged({ detected: [around, within, ...halves] })).toHaveLength(2)
  })
  test('a stained nucleus counts where nothing else lies; boxes end at the edge of the image', () => {
    const classical: Findings['classical'] = [{ box: [12, 12, 10, 10] }, { box: [90, 70, 20, 20] }]
    expect(merged({ detected: halves, classical })[2]).toBe('3 classical nucleated_cell 90 70 10 10')
  })
})

test('disagreement counts what one way sees and another does not', () => {
  const findings: Findings = {
    given: [{ box: [60, 60, 10, 10], label: 'plasma_cell', merged: false }],
    detected: [
      { box: [10, 10, 20, 20], score: 0.9 },
      { box: [40, 10, 20, 20], score: 0.5 },
    ],
    classical: [{ box: [12, 12, 10, 10] }, { box: [80, 40, 10, 10] }],
  }
  expect(disagreement(findings)).toEqual({ missed: 1, classicalOnly: 1, doubtful: 1, unstained: 1, score: 4 })
  expect(
    disagreement({
      ...findings,
      given: [],
      classical: findings.classical.slice(0, 1),
      detected: findings.detected.slice(0, 1),
    }).score,
  ).toBe(0)
})
