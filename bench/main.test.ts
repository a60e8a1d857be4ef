import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')
const bench = (...words: string[]) => spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8' })

test('without a name it lists the benches, and with an unknown one it fails', () => {
  const listed = bench()
  expect(listed).toMatchObject({ status: 0, stdout: expect.stringContaining('\n  detector ') })
  expect(bench('nothing')).toMatchObject({ status: 1, stdout: listed.stdout })
})

test('each bench is there', () => {
  const files = [...readFileSync(MAIN, 'utf8').matchAll(/\['(\S+\.ts)'/g)].map(([, file]) => file!)
  expect(files.length).toBeGreaterThan(9)
  expect(files.filter((file) => !existsSync(join(import.meta.dirname, file)))).toEqual([])
})
