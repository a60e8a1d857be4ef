/** `node server/summaries/rebuild-command.ts`: sums every case up anew, also while the server runs. Reads the server's settings. */
import { readConfig } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { writeForOwnerAlone } from '../owner-alone.ts'
import { startError } from '../start-error.ts'
import { markAll, refreshDue } from './refresh.ts'

const TRIES = 10

async function rebuild(): Promise<number> {
  writeForOwnerAlone()
  const db = await openDatabase(readConfig(process.env).databaseUrl)
  const cases = await markAll(db)
  for (let failures = 0; ; ) {
    try {
      if ((await refreshDue(db)) === 0) break
      failures = 0
    } catch (error) {
      // A server that writes much may hold the only lock of SQLite for long.
      if (++failures === TRIES) throw error
    }
  }
  await db.destroy()
  return cases
}

try {
  console.log(`${await rebuild()} cases were summed up.`)
} catch (error) {
  console.error(`The cases were not summed up. ${startError(error)}`)
  process.exit(1)
}
