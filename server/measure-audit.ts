/** `npm run -s bench -- audit`: what the audit costs a reading, what chaining inside each transaction would cost, how fast a million rows are verified. */
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { App } from './app.ts'
import { record } from './audit/record.ts'
import { type Entry, GENESIS, seal } from './audit/seal.ts'
import { verifyChain } from './audit/verify.ts'
import { caseOf } from './cases/case-row.ts'
import { insertCase } from './cells/case-for-tests.ts'
import { TEST_DATABASES } from './database/for-tests.ts'
import type { Database } from './database/schema.ts'
import { startTestServer, type TestServer } from './for-tests.ts'

const CELLS = 5000
const READS = 640
const CHANGES = 960
const ROWS = Number(process.env.MARROWSCOPE_AUDIT_ROWS ?? 1_000_000)
const AT_ONCE = [1, 32]

/** Calls `what` `times` times, `atOnce` of them at a time. */
async function time(what: () => Promise<unknown>, times: number, atOnce: number): Promise<string> {
  const took: number[] = []
  const begun = performance.now()
  const one = async () => {
    for (let i = 0; i < times / atOnce; i++) {
      const from = performance.now()
      await what()
      took.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  const aSecond = Math.round((1000 * times) / (performance.now() - begun))
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(took.length * share)]!.toFixed(1)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${aSecond} a second`
}

/** The same answer with and without a row, from the same server. */
async function readings({ app, ports, as }: TestServer) {
  ;(app as App).route({
    method: 'GET',
    url: '/api/unrecorded/:id',
    config: { permission: 'case.read', audit: false },
    schema: { response: { 200: {} } },
    handler: (request) => caseOf(ports.db, (request.params as { id: string }).id),
  })
  const doctor = await as('doctor')
  const { caseId } = await insertCase(ports, Array(CELLS).fill('blast'))
  for (const atOnce of AT_ONCE) {
    for (const path of ['unrecorded', 'cases']) {
      const call = () => doctor('GET', `/${path}/${caseId}`)
      await time(call, 200, atOnce)
      const name = path === 'cases' ? 'recorded' : 'not recorded'
      console.log(`  a case read, ${atOnce} at once, ${name}: ${await time(call, READS, atOnce)}`)
    }
  }
}

const entry = (event: string): Entry => ({
  id: uuid(),
  at: Date.now(),
  user_id: uuid(),
  ip: '192.168.1.20',
  event,
  subject_id: uuid(),
  case_id: uuid(),
  patient_id: uuid(),
  status: 200,
  detail: '{"before":{"type":{"blast":1}},"after":{"changeId":"","cells":1,"type":{"monocyte":1}}}',
})

/** What was not chosen: every transaction chains its own row and keeps the head locked until it ends. */
async function chainAtOnce(trx: Kysely<Database>): Promise<void> {
  await trx.updateTable('audit_chain').set({ at: Date.now() }).where('name', '=', 'head').execute()
  const head = trx.selectFrom('audit_chain').select(['number', 'sha256']).where('name', '=', 'head')
  const { number, sha256 } = await head.executeTakeFirstOrThrow()
  const row = seal(entry('cell.change'), number + 1, sha256)
  await trx.insertInto('audit').values(row).execute()
  const next = { number: row.number, sha256: row.sha256 }
  await trx.updateTable('audit_chain').set(next).where('name', '=', 'head').execute()
}

async function changes({ app, ports: { db } }: TestServer) {
  const ways: [string, (trx: Kysely<Database>) => Promise<void>][] = [
    ['no row', async () => {}],
    ['chained inside', chainAtOnce],
    ['outbox', (trx) => record(trx, { event: 'cell.change', after: entry('cell.change').detail })],
  ]
  for (const atOnce of AT_ONCE) {
    for (const [name, write] of ways) {
      const change = () =>
        db.transaction().execute(async (trx) => {
          const row = { id: uuid(), case_id: uuid(), number: 1, user_id: uuid(), at: 1, changes: '[]' }
          await trx.insertInto('cell_changes').values(row).execute()
          await write(trx)
          app.journal.poke()
        })
      await time(change, 100, atOnce)
      console.log(`  a change, ${atOnce} at once, ${name}: ${await time(change, CHANGES, atOnce)}`)
      await app.journal.settle()
    }
  }
}

async function verifying({ app, ports: { db } }: TestServer) {
  await app.journal.settle()
  const head = await db.selectFrom('audit_chain').selectAll().where('name', '=', 'head').executeTakeFirst()
  let last = { number: head?.number ?? 0, sha256: head?.sha256 ?? GENESIS }
  while (last.number < ROWS) {
    const rows = []
    for (let i = 0; i < 1000 && last.number < ROWS; i++) {
      const row = seal(entry('case.read'), last.number + 1, last.sha256)
      rows.push(row)
      last = row
    }
    await db.insertInto('audit').values(rows).execute()
  }
  const { number, sha256 } = last
  await db.updateTable('audit_chain').set({ number, sha256 }).where('name', '=', 'head').execute()
  const from = performance.now()
  const cpu = process.cpuUsage()
  const { broken, intact } = await verifyChain(db)
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  const { user, system } = process.cpuUsage(cpu)
  const busy = ((user + system) / 1e6).toFixed(1)
  console.log(
    `  ${intact} rows verified in ${seconds} s, ${busy} s of them at work${broken ? `: ${broken.message}` : ''}`,
  )
}

for (const [name, empty] of TEST_DATABASES) {
  console.log(name)
  const server = await startTestServer(await empty())
  await readings(server)
  await changes(server)
  await verifying(server)
  await server.close()
}
