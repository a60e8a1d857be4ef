import { Command } from 'commander'
import { INTENDED_USE, MarrowscopeError } from '../cytology/index.ts'
import about from '../package.json' with { type: 'json' }

/** Each command's file is loaded when it is asked for: the networks and the image library take a while to start. */
const COMMANDS = {
  analyze: async () => (await import('./analyze.ts')).analyzeCommand,
  audit: async () => (await import('./site-commands.ts')).auditCommand,
  backup: async () => (await import('./site-commands.ts')).backupCommand,
  db: async () => (await import('./site-commands.ts')).dbCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  draw: async () => (await import('./draw.ts')).drawCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  label: async () => (await import('./label.ts')).labelCommand,
  references: async () => (await import('./site-commands.ts')).referencesCommand,
  restore: async () => (await import('./site-commands.ts')).restoreCommand,
}

const program = new Command('marrowscope')
  .description(`${about.description}. ${INTENDED_USE}`)
  .version(about.version)
  .showHelpAfterError()

const asked = process.argv[2] ?? ''
const needed = Object.hasOwn(COMMANDS, asked)
  ? [COMMANDS[asked as keyof typeof COMMANDS]]
  : Object.values(COMMANDS)
for (const load of needed) (await load())(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof MarrowscopeError)) throw error
  process.stderr.write(`${error.code}: ${error.message}\n`)
  process.exitCode = 1
}
