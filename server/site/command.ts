/** `marrowscope db move`, `backup` and `restore`: reads the server's settings; exit code 1 and one sentence when it fails. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import type { Contents } from '../database/copy.ts'
import { writeForOwnerAlone } from '../owner-alone.ts'
import { startError } from '../start-error.ts'
import { backup } from './backup.ts'
import { folderOf, moveDatabase } from './move.ts'
import { restore } from './restore.ts'

/** ms between lines of progress. */
const PACE = 1000

let told = performance.now()
const watch = {
  onProgress(what: string, done: number) {
    if (performance.now() - told < PACE) return
    told = performance.now()
    console.error(`${what}: ${done.toLocaleString('en')}`)
  },
}
const rowsOf = (tables: Contents) =>
  Object.values(tables)
    .reduce((sum, { rows }) => sum + rows, 0)
    .toLocaleString('en')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
})
const [what, folder = ''] = positionals
writeForOwnerAlone()
try {
  const config = readConfig(process.env)
  if (what === 'move') {
    const from = values.from ?? config.databaseUrl
    const tables = await moveDatabase(folderOf(from, config.dataFolder), from, values.to!, watch)
    console.log(
      `Moved: ${rowsOf(tables)} rows in ${Object.keys(tables).length} tables, each the same in both. Start the server with DATABASE_URL set to the new database.`,
    )
  } else if (what === 'backup') {
    const out = resolve(values.out!)
    const { tables, files, missing } = await backup(config, out, watch)
    console.log(`Saved in ${out}: ${rowsOf(tables)} rows, ${Object.keys(files).length} files.`)
    if (missing.length > 0) {
      const some = missing.slice(0, 5).join(', ')
      console.error(
        `${missing.length} files that the database names are not in the site, so neither here (removed by a rule of retention, or lost): ${some}${missing.length > 5 ? ', …' : ''}`,
      )
    }
  } else {
    const { tables, files, madeAt } = await restore(config, resolve(folder), watch)
    console.log(
      `Restored the backup of ${madeAt}: ${rowsOf(tables)} rows and ${Object.keys(files).length} files, each compared.`,
    )
  }
} catch (error) {
  console.error(`It was not done. ${startError(error)}`)
  process.exitCode = 1
}
