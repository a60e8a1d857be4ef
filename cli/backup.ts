import type { Command } from 'commander'
import { runServerCommand } from './server-command.ts'

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description(
      'save the database and the images of the site that MARROWSCOPE_SITE and DATABASE_URL name; the server may go on working',
    )
    .requiredOption('--out <folder>', 'a folder that does not exist yet')
    .action(({ out }: { out: string }) => runServerCommand('site/command.ts', ['backup', '--out', out]))
}
