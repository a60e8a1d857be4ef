import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesToDecode, openImage } from '../../vision/index.ts'
import { Decoding } from './decoding.ts'

const folder = mkdtempSync(join(tmpdir(), 'decoding-'))
const [small, large] = [join(folder, 'small.png'), join(folder, 'large.png')]
let [ofSmall, ofLarge] = [0, 0]
beforeAll(async () => {
  const make = (file: string, width: number) =>
    sharp({ create: { width, height: 1024, channels: 3, background: '#a7b' } })
      .png()
      .toFile(file)
  await make(small, 1024)
  await make(large, 4096)
  ;[ofSmall, ofLarge] = [bytesToDecode(await openImage(small)), bytesToDecode(await openImage(large))]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens images that stay open until they are let go, and tells the order in which they were opened. */
function opener(decoding: Decoding) {
  const order: string[] = []
  let [now, most] = [0, 0]
  const open = (name: string, file: string, wait = {}) => {
    const gate = Promise.withResolvers<void>()
    const done = decoding.open(
      file,
      async (image) => {
        order.push(name)
        now += bytesToDecode(image)
        most = Math.max(most, now)
        await gate.promise
        now -= bytesToDecode(image)
        return name
      },
      wait,
    )
    done.catch(() => {})
    return { done, letGo: gate.resolve }
  }
  return { open, order, most: () => most }
}
const soon = () => new Promise((done) => setTimeout(done, 100))

test('images that are open at once stay within the budget, and come in their order', async () => {
  const { open, order, most } = opener(new Decoding(ofLarge + ofSmall))
  const first = open('large', large)
  await soon()
  const second = open('small', small)
  await soon()
  const third = open('large again', large)
  await soon()
  // It would fit before the large one, which came first.
  const fourth = open('small again', small)
  await soon()
  expect(order).toEqual(['large', 'small'])
  first.letGo()
  await soon()
  expect(order).toEqual(['large', 'small', 'large again'])
  for (const one of [second, third, fourth]) one.letGo()
  expect(await Promise.all([first, second, third, fourth].map(({ done }) => done))).toHaveLength(4)
  expect(order.at(-1)).toBe('small again')
  expect(most()).toBeLessThanOrEqual(ofLarge + ofSmall)
})

test('one that needs more than there is, is opened alone', async () => {
  const { open, order } = opener(new Decoding(1e6))
  const first = open('large', large)
  const second = open('other', small)
  await soon()
  expect(order).toHaveLength(1)
  first.letGo()
  second.letGo()
  await Promise.all([first.done, second.done])
})

test('who has gone is not waited for, who waits too long is told, and neither keeps anything from others', async () => {
  const { open, order } = opener(new Decoding(ofLarge))
  const first = open('first', large)
  await soon()
  const leaving = new AbortController()
  const gone = open('gone', large, { signal: leaving.signal })
  const late = open('late', large, { patience: 200 })
  const own = open('own work', small, { patience: Number.POSITIVE_INFINITY })
  await soon()
  leaving.abort()
  await expect(gone.done).rejects.toMatchObject({ status: 503, code: 'DECODING_BUSY' })
  await expect(late.done).rejects.toMatchObject({ status: 503, code: 'DECODING_BUSY' })
  expect(order).toEqual(['first'])
  first.letGo()
  own.letGo()
  expect(await own.done).toBe('own work')
  expect(order).toEqual(['first', 'own work'])
  const again = open('again', large)
  again.letGo()
  expect(await again.done).toBe('again')
})

test('an image that cannot be used gives its memory back', async () => {
  const decoding = new Decoding(ofLarge)
  for (let i = 0; i < 5; i++)
    await expect(decoding.open(large, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await decoding.open(large, async ({ width }) => width)).toBe(4096)
})
