/** The commands as a person types them: the programs behind them are there and do it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = resolve(import.meta.dirname, 'main.ts')
const ADMINISTRATOR = {
  MARROWSCOPE_ADMIN_EMAIL: 'head@lab.example',
  MARROWSCOPE_ADMIN_PASSWORD: 'long enough 12',
}

function run(file: string, args: string[], site: string) {
  const env = { ...process.env, ...ADMINISTRATOR, MARROWSCOPE_SITE: site }
  return new Promise<{ code: number; out: string; error: string }>((done) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_, out, error) =>
      done({ code: child.exitCode ?? -1, out, error }),
    )
  })
}

test('backup, restore, db move and audit verify', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-commands-'))
  const [site, other, saved] = ['site', 'other', 'saved'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const nothing = await run(MAIN, ['backup', '--out', saved], site)
  expect(nothing).toMatchObject({ code: 1, error: expect.stringContaining('There is no database at') })

  const make = join(folder, 'make.mjs')
  const open = resolve(import.meta.dirname, '../server/database/open.ts')
  writeFileSync(
    make,
    `import { openDatabase } from ${JSON.stringify(pathToFileURL(open).href)}
       const db = await openDatabase(${JSON.stringify(pathToFileURL(join(site, 'marrowscope.db')).href)})
       await db.destroy()`,
  )
  expect(await run(make, [], site)).toMatchObject({ code: 0 })
  expect(await run(MAIN, ['backup', '--out', saved], site)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Saved in .*rows, 0 files/),
  })
  expect(await run(MAIN, ['restore', saved], other)).toMatchObject({
    code: 0,
    out: expect.stringContaining('each compared'),
  })
  const to = pathToFileURL(join(folder, 'moved.db')).href
  expect(await run(MAIN, ['db', 'move', '--to', to], site)).toMatchObject({
    code: 0,
    out: expect.stringContaining('each the same in both'),
  })
  expect(await run(MAIN, ['audit', 'verify'], other)).toMatchObject({
    code: 0,
    out: expect.stringContaining('intact'),
  })
})
