import { expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useSeenCells } from './seen-cells.ts'

test('a cell is seen once it has stayed on the screen; scrolling past is not looking', async () => {
  vi.useFakeTimers()
  const onScreen = ref(['a', 'b'])
  const seen = effectScope().run(() => useSeenCells(() => onScreen.value))!
  vi.advanceTimersByTime(299)
  expect([...seen]).toEqual([])
  onScreen.value = ['c']
  await nextTick()
  vi.advanceTimersByTime(100)
  onScreen.value = ['d', 'e']
  await nextTick()
  vi.advanceTimersByTime(300)
  expect([...seen]).toEqual(['d', 'e'])
  onScreen.value = ['a']
  await nextTick()
  vi.advanceTimersByTime(300)
  expect([...seen]).toEqual(['d', 'e', 'a'])
  vi.useRealTimers()
})
