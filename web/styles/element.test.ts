import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const WEB = resolve(import.meta.dirname, '..')
const THEME = resolve(WEB, '../node_modules/element-plus/theme-chalk')

test('each component of Element Plus that a page imports has its style', () => {
  const pages = globSync('**/*.{vue,ts}', { cwd: WEB, exclude: ['dist/**'] })
  const imported = pages.flatMap((page) => {
    const found = readFileSync(resolve(WEB, page), 'utf8').matchAll(/import \{([^}]*)\} from 'element-plus'/g)
    return [...found].flatMap(([, names]) => names!.match(/\bEl[A-Z]\w*/g) ?? [])
  })
  const style = (name: string) =>
    `el${name.slice(2).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.css`
  const hasStyle = (file: string) => {
    const path = resolve(THEME, file)
    // Some are styled with the component around them, and have an empty file or none.
    return existsSync(path) && readFileSync(path, 'utf8').trim() !== ''
  }
  const ours = readFileSync(resolve(WEB, 'styles/element.css'), 'utf8')
  const needed = [...new Set(imported.map(style))].filter(hasStyle)
  expect(needed).toContain('el-table.css')
  expect(needed.filter((file) => !ours.includes(`theme-chalk/${file}`))).toEqual([])
})
