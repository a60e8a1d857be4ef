/** `node server/summaries/rebuild.ts`: sums every case up anew, also while the server runs. Reads the server's settings. */
import { readConfig } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { markAll, refreshDue } from './refresh.ts'

const db = await openDatabase(readConfig(process.env).databaseUrl)
const cases = await markAll(db)
while ((await refreshDue(db)) > 0);
await db.destroy()
console.log(`${cases} cases were summed up.`)
