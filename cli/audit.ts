import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Command } from 'commander'

const VERIFY = resolve(import.meta.dirname, '../server/audit/verify-command.ts')

/** The database is the server's matter: its own program does the work, here it is only started. */
export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description('the record of who read and changed what')
    .command('verify')
    .description(
      'check every row of the audit in the database of DATABASE_URL or MARROWSCOPE_SITE; exit code 1 if it is broken',
    )
    .option('--kept <number:sha256>', 'what an earlier run printed: the chain must still hold it')
    .action(async ({ kept }: { kept?: string }) => {
      const child = spawn(process.execPath, [VERIFY, ...(kept === undefined ? [] : [`--kept=${kept}`])], {
        stdio: 'inherit',
      })
      const [code] = await once(child, 'exit')
      process.exitCode = code ?? 1
    })
}
