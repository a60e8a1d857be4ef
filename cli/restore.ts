import type { Command } from 'commander'
import { runServerCommand } from './server-command.ts'

export function restoreCommand(program: Command): void {
  program
    .command('restore <folder>')
    .description(
      'check a backup, put it into the empty site that MARROWSCOPE_SITE and DATABASE_URL name, and compare every row and file',
    )
    .action((folder: string) => runServerCommand('site/command.ts', ['restore', folder]))
}
