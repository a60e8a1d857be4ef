import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { auditEn } from './en-audit.ts'
import { auditZh } from './zh-audit.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Events that the server writes: those that its routes declare and those that it records itself. */
const WRITTEN = /(?:audit: |event: |event = )'([a-z_]+)\.([a-z-]+)'/g

test.each([
  ['English', auditEn.event],
  ['Chinese', auditZh.event],
])('every event of the audit has words: %s', (_, words: Record<string, Record<string, string>>) => {
  const files = globSync('server/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'))
  const events = files.flatMap((file) => [...readFileSync(resolve(ROOT, file), 'utf8').matchAll(WRITTEN)])
  expect(events.length).toBeGreaterThan(60)
  const missing = events
    .filter(([, noun, verb]) => !words[noun!]?.[verb!])
    .map(([, noun, verb]) => `${noun}.${verb}`)
  expect([...new Set(missing)]).toEqual([])
})
