import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WEB_TYPES, webTypes } from './web-types.ts'

test('the types of the web pages are those of the routes (else: npm run api)', async () => {
  expect(readFileSync(WEB_TYPES, 'utf8')).toBe(await webTypes())
})
