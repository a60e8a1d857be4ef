import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ERRORS_ZH } from './errors-zh.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Codes that a page may be answered with: those that the server, or what it calls, throws. */
const THROWN = /new (?:HttpError\(\s*\d+,|MarrowscopeError\()\s*'([A-Z][A-Z0-9_]+)'/g

test('every refusal of the server has a Chinese sentence', () => {
  const files = globSync(['server/**/*.ts', 'vision/**/*.ts', 'cytology/**/*.ts'], { cwd: ROOT })
  const codes = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(resolve(ROOT, file), 'utf8').matchAll(THROWN)].map((match) => match[1]!),
    )
  expect(codes.length).toBeGreaterThan(40)
  expect([...new Set(codes)].filter((code) => !ERRORS_ZH[code])).toEqual([])
  for (const sentence of Object.values(ERRORS_ZH)) expect(sentence).toMatch(/[\u4e00-\u9fff].*。$/)
})
