/** NOTICE.md names every library that is shipped, under the licence that its package states. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }

test('every direct dependency stands in NOTICE.md under its licence, and no other', () => {
  const lines = read('NOTICE.md').matchAll(/^- \*\*(.+)\*\*: (.+)$/gm)
  const told = [...lines].flatMap(([, licence, names]) =>
    [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => [name, licence]),
  )
  const stated = Object.keys(dependencies).map((name) => [
    name,
    JSON.parse(read(`node_modules/${name}/package.json`)).license,
  ])
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(stated))
  expect(told.length).toBe(stated.length)
})

test('the licence of the weights is told as their cards tell it', () => {
  for (const network of ['detector', 'recogniser'])
    expect(JSON.parse(read(`models/${network}.json`)).licence).toMatch(/^CC BY-NC-SA 4\.0/)
  expect(read('NOTICE.md')).toContain('CC BY-NC-SA 4.0')
})
