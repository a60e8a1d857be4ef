import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goThrough } from './go-through.ts'

/** A list of numbers, read from a place on; `asked` counts the rows that were read. */
function list(length: number, isHit: (n: number) => boolean) {
  const of = { asked: 0 }
  const read = async (after: number | undefined, limit: number) => {
    const from = (after ?? -1) + 1
    const rows = Array.from({ length: Math.max(0, Math.min(limit, length - from)) }, (_, i) => from + i)
    of.asked += rows.length
    return rows.map((row) => ({ row, hit: isHit(row) }))
  }
  return { of, read }
}

test('page after page finds every hit once and in order, whatever the list', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(9000),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 1, max: 60 }),
      async (length, every, size) => {
        const { read } = list(length, (n) => n % every === 0)
        const found: number[] = []
        let after: number | undefined
        do {
          const page = await goThrough(read, after, size)
          expect(page.rows.length).toBeLessThanOrEqual(size)
          found.push(...page.rows)
          after = page.next
        } while (after !== undefined)
        expect(found).toEqual(Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every))
      },
    ),
    { numRuns: 50 },
  )
})

test('where hits are far between it stops early, and tells where to go on', async () => {
  const { of, read } = list(100_000, (n) => n % 900 === 0)
  expect(await goThrough(read, undefined, 50)).toEqual({ rows: [0], next: 249 })
  expect(of.asked).toBe(250)
})

test('where hits are common it reads no more than it needs', async () => {
  const { of, read } = list(100_000, (n) => n % 4 === 0)
  const { rows, next } = await goThrough(read, undefined, 50)
  expect([rows.length, next, of.asked]).toEqual([50, 196, 250])
})
