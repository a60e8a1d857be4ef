/** `marrowscope audit verify`, or `npm run -s audit:verify`: reads the whole audit, changes nothing; exit code 1 when it is broken. */
import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import { type Config, readConfig } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { mustExist } from '../database/must-exist.ts'
import { refuseLaterVersion } from '../database/open.ts'
import type { Database } from '../database/schema.ts'
import { writeForOwnerAlone } from '../owner-alone.ts'
import { startError } from '../start-error.ts'
import { verifyAudit } from './verify-audit.ts'

/** ms between lines of progress. */
const PACE = 1000

/** True when the chain is whole. `kept` is what an earlier run printed, `NUMBER:SHA-256`. */
async function verify(db: Kysely<Database>, config: Config, kept: string | undefined): Promise<boolean> {
  const begun = performance.now()
  let told = begun
  const { intact, sha256, waiting, broken } = await verifyAudit(db, config, (done, total) => {
    if (performance.now() - told < PACE) return
    told = performance.now()
    console.error(`${done} of ${total} rows`)
  })
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  if (broken) {
    const before = broken.number === intact + 1 ? 'rows before it are' : 'rows of the chain are'
    console.error(`The audit is broken. ${broken.message}\n${intact} ${before} intact.`)
    return false
  }
  const differs = kept === undefined ? undefined : await differsFrom(db, kept)
  if (differs) {
    console.error(`The audit is broken. ${differs}`)
    return false
  }
  console.log(`The audit is intact: ${intact} rows, read in ${seconds} s.`)
  if (waiting > 0) console.log(`${waiting} changes wait to be chained; the running server does that.`)
  console.log(`Keep this outside the database and give it next time as --kept: ${intact}:${sha256}`)
  return true
}

/** A chain that someone has written anew from some row on is whole in itself; only what was kept elsewhere shows it. */
async function differsFrom(db: Kysely<Database>, kept: string): Promise<string | undefined> {
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(kept) ?? []
  if (number === undefined) throw new Error('Give --kept as an earlier run printed it: NUMBER:SHA-256.')
  const row = await db
    .selectFrom('audit')
    .select('sha256')
    .where('number', '=', Number(number))
    .executeTakeFirst()
  return row?.sha256 === hash
    ? undefined
    : `Row ${number} is not the one that was kept: the chain was written anew.`
}

const { values } = parseArgs({ options: { kept: { type: 'string' } } })
writeForOwnerAlone()
try {
  const config = readConfig(process.env)
  mustExist(config.databaseUrl)
  const db = connectDatabase(config.databaseUrl)
  const whole = await refuseLaterVersion(db)
    .then(() => verify(db, config, values.kept))
    .finally(() => db.destroy())
  process.exitCode = whole ? 0 : 1
} catch (error) {
  console.error(`The audit could not be verified. ${startError(error)}`)
  process.exitCode = 2
}
