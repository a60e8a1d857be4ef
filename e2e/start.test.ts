/** How the server is started on a machine of its own: by npm, or by Node from a folder that is never written into. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { freePort } from './site.ts'
import { openSql } from './sql.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** A copy of the program in a folder of its own, with those of its packages that `keep` names. */
function copied(rooms: readonly string[], keep: (name: string) => boolean): string {
  const program = mkdtempSync(join(tmpdir(), 'marrowscope-program-'))
  const needed = ['annotation', 'cytology', 'models', 'server', 'testkit', 'vision', 'package.json', ...rooms]
  for (const name of needed) cpSync(join(ROOT, name), join(program, name), { recursive: true })
  const modules = join(ROOT, 'node_modules')
  mkdirSync(join(program, 'node_modules'))
  for (const name of readdirSync(modules)) {
    if (keep(name)) symlinkSync(join(modules, name), join(program, 'node_modules', name))
  }
  return program
}

async function started(command: string, args: readonly string[], cwd: string) {
  const site = mkdtempSync(join(tmpdir(), 'marrowscope-site-'))
  const port = await freePort()
  const child = spawn(command, args, {
    cwd,
    env: {
      ...process.env,
      ...ADMINISTRATOR_ENV,
      MARROWSCOPE_PORT: String(port),
      MARROWSCOPE_SITE: site,
      MARROWSCOPE_LOG: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text))
  const address = `http://127.0.0.1:${port}`
  const up = async () => (await fetch(`${address}/api/health`).catch(() => undefined))?.ok
  await expect.poll(up, { timeout: 120_000, interval: 200 }).toBe(true)
  return { child, site, address, output: () => printed }
}

async function end(child: ChildProcess): Promise<number> {
  const begun = performance.now()
  const gone = once(child, 'close')
  child.kill('SIGTERM')
  await gone
  return (performance.now() - begun) / 1000
}

test.skipIf(process.platform === 'win32')(
  'SIGTERM to npm start ends the server within 10 s, its database closed',
  async () => {
    const program = copied(
      ['web', 'start.js', 'built-pages.ts', 'check-node.js', 'tsconfig.json'],
      () => true,
    )
    const { child, site, address } = await started('npm', ['start'], program)
    await new Api(address).signIn()
    const took = await end(child)
    expect(took).toBeLessThan(10)
    await expect(fetch(`${address}/api/health`)).rejects.toThrow()
    // SQLite takes the journal away when the last who had it open closes it; the lock was given back.
    expect(readdirSync(site).filter((name) => /-(wal|shm)$/.test(name))).toEqual([])
    const sql = openSql(site)
    expect(await sql.all("select name from site_marks where name = 'server'")).toEqual([])
    await sql.close()
  },
  240_000,
)

/** Every file below a folder with its size and time. */
const listed = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, statSync(join(folder, name))] as const)
    .map(([name, { size, mtimeMs }]) => `${name} ${size} ${mtimeMs}`)
    .sort()

test('with built pages Node alone starts it, without Vite, and nothing is written beside the program', async () => {
  // Of all packages but Vite, which builds the pages.
  const program = copied(['web/dist'], (name) => !/^(\.|vite$|@vitejs$)/.test(name))
  const before = listed(program)
  const { child, address } = await started(process.execPath, [join(program, 'server/main.ts')], program)
  const api = await new Api(address).signIn()
  expect(await (await fetch(address)).text()).toContain('<div id="app">')
  const { id } = await api.ok('POST', '/api/cases/demo')
  await api.analysed(id)
  await end(child)
  expect(listed(program)).toEqual(before)
}, 240_000)
