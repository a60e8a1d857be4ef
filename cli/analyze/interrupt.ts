import { constants } from 'node:os'

/**
 * Lets Ctrl-C end a run in good order: the first says `message` and aborts the signal, the second leaves at once.
 * `exitCode` is the shell's for the signal that came: 130 for Ctrl-C.
 */
export function onInterrupt(message: string): { signal: AbortSignal; exitCode(): number } {
  const controller = new AbortController()
  let code = 0
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      code = 128 + constants.signals[name]
      if (controller.signal.aborted) process.exit(code)
      process.stderr.write(`\n${message}\n`)
      controller.abort()
    })
  }
  return { signal: controller.signal, exitCode: () => code }
}
