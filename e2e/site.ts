/** A whole site in its own process, as `npm start` runs it, in an empty folder on a free port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from './until.ts'

const ROOT = resolve(import.meta.dirname, '..')

export interface Site {
  readonly address: string
  readonly folder: string
  /** Process id of the server as it runs now. */
  pid(): number
  /** What the server has printed so far. */
  output(): string
  /** End it with a signal and wait until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Start it again over the same folder. */
  start(): Promise<void>
}

/** `folder`: instead of an empty one; `umask`: of whoever starts it, octal. */
export async function openSite(
  env: Record<string, string> = {},
  { folder = mkdtempSync(join(tmpdir(), 'marrowscope-site-')), umask = '022' } = {},
): Promise<Site> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess
  let printed = ''
  const start = async () => {
    const server = [process.execPath, join(ROOT, 'server/main.ts')]
    child = spawn('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', ...server], {
      env: { ...process.env, MARROWSCOPE_PORT: String(port), MARROWSCOPE_SITE: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (printed += text))
    await until('the server is up', 90, async () => {
      if (child.exitCode !== null) throw new Error(`The server ended at once:\n${printed}`)
      return (await fetch(`${address}/api/health`).catch(() => undefined))?.ok
    })
  }
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await gone
  }
  await start()
  return { address, folder, pid: () => child.pid!, output: () => printed, stop, start }
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}
