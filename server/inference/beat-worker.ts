/** A thread of the networks' process that says each second that the process lives, whatever its main thread computes. */
import { writeSync } from 'node:fs'
import { BEAT, BEAT_PIPE } from './messages.ts'

const beating = setInterval(() => {
  try {
    writeSync(BEAT_PIPE, '.')
  } catch {
    clearInterval(beating) // the server is gone, and so is this process in a moment
  }
}, BEAT)
