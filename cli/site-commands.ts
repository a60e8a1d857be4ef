import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Command } from 'commander'

const SERVER = resolve(import.meta.dirname, '../server')

export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description('the record of who read and changed what')
    .command('verify')
    .description(
      'check every row of the audit in the database of DATABASE_URL or MARROWSCOPE_SITE; exit code 1 if it is broken',
    )
    .option('--kept <number:sha256>', 'what an earlier run printed: the chain must still hold it')
    .action(({ kept }: { kept?: string }) =>
      runServerCommand('audit/verify-command.ts', kept === undefined ? [] : [`--kept=${kept}`]),
    )
}

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description(
      'save the database and the images of the site that MARROWSCOPE_SITE and DATABASE_URL name; the server may go on working',
    )
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .action(({ out }: { out: string }) => runServerCommand('site/command.ts', ['backup', '--out', out]))
}

export function restoreCommand(program: Command): void {
  program
    .command('restore <folder>')
    .description(
      'check a backup, put it into the empty site that MARROWSCOPE_SITE and DATABASE_URL name, and compare every row and file',
    )
    .action((folder: string) => runServerCommand('site/command.ts', ['restore', folder]))
}

export function dbCommand(program: Command): void {
  program
    .command('db')
    .description('the database of a site')
    .command('move')
    .description(
      'copy the whole database into an empty one, SQLite or MySQL, and compare every table by number and hash; stop the server first',
    )
    .option('--from <url>', 'default: the database of the site that MARROWSCOPE_SITE and DATABASE_URL name')
    .requiredOption('--to <url>', 'mysql://user:password@host:port/name or file:///path/site.db')
    .action(({ from, to }: { from?: string; to: string }) =>
      runServerCommand('site/command.ts', ['move', ...(from ? ['--from', from] : []), '--to', to]),
    )
}

export function referencesCommand(program: Command): void {
  program
    .command('references')
    .description('the reference cells of a site, which are laid beside others')
    .command('import <folder>')
    .description(
      'take cells of a public set that was downloaded (TCIA marrow, PBC, or folders named by the ids of types) into the site that MARROWSCOPE_SITE and DATABASE_URL name; the server may go on working',
    )
    .option('--source <text>', 'title, first author, year; known of TCIA marrow and PBC')
    .option('--licence <text>', 'shown with each cell; known of TCIA marrow and PBC')
    .option('--address <url>', 'where the set is published')
    .option('--um-per-pixel <number>', 'known of TCIA marrow and PBC')
    .option('--per-type <number>', 'at most so many of each type', '40')
    .action((folder: string, given: Record<string, string>) => {
      const options = Object.entries(given).map(([name, value]) => `--${dashed(name)}=${value}`)
      return runServerCommand('references/import-command.ts', [...options, folder])
    })
}

/** umPerPixel → um-per-pixel */
const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A site is the server's matter: its own program does the work, here it is only started. Its exit code becomes ours. */
async function runServerCommand(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [resolve(SERVER, file), ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  process.exitCode = code ?? 1
}
