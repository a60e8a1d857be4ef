import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

type Tree = { [key: string]: string | Tree }
const keys = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keys(value, `${path}${key}.`),
  )

test('both languages say the same things', () => {
  expect(keys(zh)).toEqual(keys(en))
})

test('every message that a page names is there', () => {
  const there = new Set(keys(en))
  const missing = globSync('web/**/*.vue').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\('([\w.-]+)'/g)]
      .map((match) => match[1]!)
      .filter((key) => !there.has(key))
      .map((key) => `${file}: ${key}`),
  )
  expect(missing).toEqual([])
})
