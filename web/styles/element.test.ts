import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const WEB = resolve(import.meta.dirname, '..')
/** Their parts are styled with the component around them. */
const WITHOUT_STYLE = ['config-provider', 'tab-pane', 'table-column']

test('each component of Element Plus that a page imports has its style', () => {
  const pages = globSync('**/*.{vue,ts}', { cwd: WEB, exclude: ['dist/**'] })
  const imported = pages.flatMap((page) => {
    const found = readFileSync(resolve(WEB, page), 'utf8').matchAll(/import \{([^}]*)\} from 'element-plus'/g)
    return [...found].flatMap(([, names]) => names!.match(/\bEl[A-Z]\w*/g) ?? [])
  })
  const kebab = (name: string) =>
    name
      .slice(2)
      .replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`)
      .toLowerCase()
  const styled = new Set(
    [
      ...readFileSync(resolve(WEB, 'styles/element.css'), 'utf8').matchAll(/theme-chalk\/el-([\w-]+)\.css/g),
    ].map(([, name]) => name!),
  )
  expect(imported.length).toBeGreaterThan(0)
  expect(
    [...new Set(imported.map(kebab))].filter((name) => !WITHOUT_STYLE.includes(name) && !styled.has(name)),
  ).toEqual([])
})
