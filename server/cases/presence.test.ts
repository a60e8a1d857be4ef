import { expect, test } from 'vitest'
import type { CaseEvent } from '../events.ts'
import { GONE, Presence } from './presence.ts'

/** A page of this person, and what it was told last. */
function page(presence: Presence, name: string, { blind = false, at = 0, caseId = 'a' } = {}) {
  let told: CaseEvent | undefined
  const tell = (event: CaseEvent) => {
    told = event
  }
  const leave = presence.join(caseId, { userId: name, name, blind, tell }, at)
  return { leave, sees: () => (told?.kind === 'present' ? told.people : undefined) }
}

test('each hears who else is there, each person once, and who left', () => {
  const presence = new Presence()
  const wu = page(presence, 'Dr Wu', { at: Date.now() })
  expect(wu.sees()).toBeUndefined()
  const li = page(presence, 'Dr Li', { at: Date.now() })
  const again = page(presence, 'Dr Li', { at: Date.now() })
  page(presence, 'Dr Elsewhere', { at: Date.now(), caseId: 'b' })
  expect(wu.sees()).toEqual([{ name: 'Dr Li', second: false }])
  expect(li.sees()).toEqual([{ name: 'Dr Wu', second: false }])
  li.leave()
  expect(wu.sees()).toEqual([{ name: 'Dr Li', second: false }])
  again.leave()
  expect(wu.sees()).toEqual([])
})

test('a blind reader is named to the others and is told of nobody', () => {
  const presence = new Presence()
  const first = page(presence, 'Dr Li')
  const blind = page(presence, 'Dr Zhao', { blind: true })
  first.leave()
  const back = page(presence, 'Dr Li')
  expect(back.sees()).toEqual([{ name: 'Dr Zhao', second: true }])
  expect(blind.sees()).toBeUndefined()
})

test('a page that is not heard of is gone after a while, and is there again when it is', () => {
  const presence = new Presence()
  const li = page(presence, 'Dr Li')
  page(presence, 'Dr Wu')
  presence.heard('a', 'Dr Li', GONE - 1)
  expect(li.sees()).toEqual([{ name: 'Dr Wu', second: false }])
  presence.sweep(GONE)
  expect(li.sees()).toEqual([])
  presence.heard('a', 'Dr Wu', GONE + 1)
  expect(li.sees()).toEqual([{ name: 'Dr Wu', second: false }])
})
