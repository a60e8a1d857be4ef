import type { Command } from 'commander'
import { runServerCommand } from './server-command.ts'

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
