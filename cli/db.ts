import type { Command } from 'commander'
import { runServerCommand } from './server-command.ts'

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
