import { describe, expect, it } from 'vitest'
import { familiarity } from './familiarity.ts'

const of = (unfamiliar: number, familiar: number, unsaid = 0) =>
  familiarity([
    ...Array<boolean | null>(unfamiliar).fill(true),
    ...Array<boolean | null>(familiar).fill(false),
    ...Array<boolean | null>(unsaid).fill(null),
  ])

describe('familiarity', () => {
  it('counts the cells of which something is said', () => {
    expect(of(1, 3, 5)).toEqual({ cells: 4, unfamiliar: 1, away: false })
    expect(of(0, 0, 5)).toEqual({ cells: 0, unfamiliar: 0, away: false })
  })

  it('says that a slide is unlike what was taught from more than a fifth of 20 cells on', () => {
    expect(of(4, 16).away).toBe(false)
    expect(of(5, 15).away).toBe(true)
    expect(of(19, 0).away).toBe(false)
  })
})
