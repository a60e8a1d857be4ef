/**
 * `npm run -s bench -- ask --site FOLDER [--database mysql://…] [--only search,analysis] [--out out/asked.json]`: what site.ts
 * asks, of a site that is there already: one that seed.ts made, where it lies or after `db move` to a server.
 */
import { parseArgs } from 'node:util'
import { ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite } from '../../e2e/site.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { measure } from './calls.ts'

const { values } = parseArgs({
  options: {
    site: { type: 'string' },
    database: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'out/asked.json' },
  },
})
if (!values.site) throw new Error('Say which site: --site FOLDER')

const site = await openSite({
  ...ADMINISTRATOR_ENV,
  MARROWSCOPE_SITE: values.site,
  ...(values.database && { DATABASE_URL: values.database }),
})
try {
  const api = await new Api(site.address).signIn()
  const about = { date: new Date().toISOString(), machine: machine(), versions: ourVersions() }
  const database = values.database ? 'mysql' : 'sqlite'
  const answers = await measure(api, site.pid(), values.only?.split(','))
  for (const [group, { p50, p95 }] of Object.entries(answers))
    console.log(`${database} ${group}: p50 ${p50} ms, p95 ${p95} ms`)
  writeResult(values.out, { ...about, database, answers })
} finally {
  await site.stop()
}
