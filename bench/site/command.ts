import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const CLI = resolve(import.meta.dirname, '../../cli/main.ts')

/** Runs a command of the program on a site; what it printed and the seconds it took. */
export async function command(args: string[], folder: string, databaseUrl?: string) {
  const env = { ...process.env, MARROWSCOPE_SITE: folder, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }
  const begun = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env, maxBuffer: 1e8 })
  const result = {
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    printed: stdout.trim().replaceAll(tmpdir(), ''),
  }
  console.error(`${args.slice(0, 2).join(' ')}: ${result.seconds} s. ${result.printed}`)
  return result
}
