/** Bytes that may wait for whoever reads the log; what comes on top of them is lost. */
const WAITING = 1_000_000

let lost = 0
let isGuarded = false

/**
 * The log, on standard output. A full disk, or a reader who is gone or asleep, loses lines and stops nothing; how many were lost
 * is told once there is room again.
 */
export const logStream = {
  write(line: string): void {
    const { stdout } = process
    if (!isGuarded) stdout.on('error', () => {})
    isGuarded = true
    if (stdout.writableLength > WAITING) {
      lost += 1
      return
    }
    const before = lost
    lost = 0
    const told = `{"level":40,"time":${Date.now()},"msg":"${before} lines of the log were lost"}\n`
    stdout.write(before === 0 ? line : told + line, (error) => {
      if (error) lost += before + 1
    })
  },
}
