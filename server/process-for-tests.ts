/** Programs of the server as processes of their own, for tests that end them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

interface Program {
  child: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

/** `file` below server/. Killed when the test ends. */
export function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (printed += text))
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    child,
    output: () => printed,
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
  }
}

/** A server of its own; `answers` waits until it does. */
export async function runServer(env: NodeJS.ProcessEnv) {
  const listening = createServer().listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as { port: number }
  listening.close()
  const program = run('main.ts', [], { ...env, MARROWSCOPE_PORT: String(port) })
  const health = () => fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined)
  const answers = () =>
    expect
      .poll(async () => (await health())?.ok || program.output().includes('cannot start'), {
        timeout: 90_000,
      })
      .toBe(true)
      .then(() => expect(program.output()).not.toContain('cannot start'))
  return { ...program, answers }
}
