import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const SERVER = resolve(import.meta.dirname, '../server')

/** A site is the server's matter: its own program does the work, here it is only started. Its exit code becomes ours. */
export async function runServerCommand(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [resolve(SERVER, file), ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  process.exitCode = code ?? 1
}
