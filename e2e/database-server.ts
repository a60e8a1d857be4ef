/** A MariaDB server of a test's own, which may be killed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { freePort } from './site.ts'
import { until } from './until.ts'

export const HAS_MARIADB = spawnSync('mariadbd', ['--version']).status === 0

export interface DatabaseServer {
  /** An empty database. */
  readonly url: string
  kill(): Promise<void>
  /** As it stands, with every connection open: `SIGSTOP` and `SIGCONT`. */
  signal(name: NodeJS.Signals): void
  start(): Promise<void>
  /** Ends it and takes its files away. */
  close(): Promise<void>
}

export async function openDatabaseServer(): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-mariadb-'))
  const user = `--user=${userInfo().username}`
  const data = `--datadir=${join(folder, 'data')}`
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', user, data, '--auth-root-authentication-method=normal'],
    {
      stdio: 'ignore',
    },
  )
  // A server that starts removes the temporary tables of whichever other server shares its folder for them.
  const temporary = `--tmpdir=${folder}`
  const port = await freePort()
  const server = `mysql://root@127.0.0.1:${port}`
  let child: ChildProcess
  const start = async () => {
    const own = [user, data, temporary, `--socket=${join(folder, 'socket')}`, `--port=${port}`]
    child = spawn('mariadbd', ['--no-defaults', ...own, '--bind-address=127.0.0.1'], { stdio: 'ignore' })
    const connection = await until('mariadbd is up', 60, () => {
      if (child.exitCode !== null) throw new Error('mariadbd ended at once.')
      return createConnection(server).catch(() => undefined)
    })
    await connection.end()
  }
  const kill = async () => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await start()
  const connection = await createConnection(server)
  await connection.query('create database marrowscope character set utf8mb4')
  await connection.end()
  const close = async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const signal = (name: NodeJS.Signals) => void child.kill(name)
  return { url: `${server}/marrowscope`, kill, signal, start, close }
}
