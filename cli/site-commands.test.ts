/** The commands as a person types them: the programs behind them are there and do it. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawCell } from '../testkit/index.ts'

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

/** An empty site's database in `folder`. */
async function makeSite(folder: string, site: string) {
  const make = join(folder, 'make.mjs')
  const open = resolve(import.meta.dirname, '../server/database/open.ts')
  writeFileSync(
    make,
    `import { openDatabase } from ${JSON.stringify(pathToFileURL(open).href)}
       const db = await openDatabase(${JSON.stringify(pathToFileURL(join(site, 'marrowscope.db')).href)})
       await db.destroy()`,
  )
  expect(await run(make, [], site)).toMatchObject({ code: 0 })
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

  await makeSite(folder, site)
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

test('references import takes cells of a downloaded set once, and asks for what it does not say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-commands-'))
  const site = join(folder, 'site')
  await makeSite(folder, site)
  const of = async (path: string, seed: number) => {
    const { data, width, height } = drawCell({ type: 'blast', seed, size: 250 })
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    const picture = sharp(data, { raw: { width, height, channels: 3 } })
    await picture.toFile(join(folder, path))
  }
  await of('marrow/BLA/0001-1000/BLA_00001.jpg', 1)
  await of('marrow/BLA/0001-1000/BLA_00002.jpg', 2)
  await of('marrow/PLM/0001-1000/PLM_00001.jpg', 3)
  writeFileSync(join(folder, 'marrow/PLM/0001-1000/PLM_00002.jpg'), 'half')
  const take = (...args: string[]) => run(MAIN, ['references', 'import', ...args], site)
  expect(await take(join(folder, 'marrow'))).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^Taken: 3 cells of 2 types from .*Matek.*CC BY 4\.0/),
    error: expect.stringContaining(`Not taken: ${join(folder, 'marrow/PLM/0001-1000/PLM_00002.jpg')}`),
  })
  expect((await take(join(folder, 'marrow'), '--per-type', '1')).out).toContain('2 were there already')

  await of('own/blast/a.jpg', 4)
  expect((await take(join(folder, 'own'))).error).toContain('--source and --licence')
  const said = ['--source', 'Ours', '--licence', 'CC0', '--um-per-pixel', '0.1']
  expect(await take(join(folder, 'own'), ...said)).toMatchObject({
    code: 0,
    out: 'Taken: 1 cells of 1 types from Ours (CC0).\n',
  })
  expect((await take(`${folder}/none`)).error).toContain('It was not done.')
})
