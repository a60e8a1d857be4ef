import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const DIST = join(import.meta.dirname, 'dist')
const built = existsSync(join(DIST, 'index.html'))

/** The scripts that these need from the start, themselves among them; what is asked for later is not followed. */
function withImports(names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const text = readFileSync(join(DIST, 'assets', name), 'utf8')
    withImports(
      [...text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, one]) => one!),
      found,
    )
  }
  return found
}
/** kB as a browser receives them that takes gzip; brotli has less. */
const compressed = (names: ReadonlySet<string>) =>
  [...names].reduce((sum, name) => sum + statSync(join(DIST, 'assets', `${name}.gz`)).size, 0) / 1000

describe.skipIf(!built)(`script to load${built ? '' : ' (skipped: npm run build:web was not run)'}`, () => {
  const named = (...names: string[]) =>
    names.map((name) => {
      const [file] = globSync(`${name}-*.js`, { cwd: join(DIST, 'assets') })
      return file!
    })
  /** With the words of one language, which a page asks for before it is shown. */
  const first = () =>
    withImports([
      ...[...readFileSync(join(DIST, 'index.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(
        ([, name]) => name!,
      ),
      ...named('zh', 'errors-zh'),
    ])

  test('the first page, at most 250 kB', () => {
    expect(first().size).toBeGreaterThan(3)
    expect(compressed(first())).toBeLessThan(250)
  })

  test('the whole reading room with it, at most 450 kB', () => {
    const room = ['case-page', 'field-tab', 'counter-tab', 'report-tab', 'second-reader-tab']
    const all = compressed(withImports(named(...room), first()))
    expect(all).toBeLessThan(450)
  })
})
