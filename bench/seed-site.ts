/**
 * `node bench/seed-site.ts --patients 100000 --cases 120000 --cells 1000000 [--database mysql://…]`: a site of that size,
 * in a new folder, that then runs until it is stopped. Patients and cases come in through the import, as a site's own would.
 */
import { parseArgs } from 'node:util'
import { v7 as uuid } from 'uuid'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from '../e2e/api.ts'
import { openSite, type Site } from '../e2e/site.ts'
import { openSql, type Sql, type Value } from '../e2e/sql.ts'
import { seededRandom } from '../testkit/index.ts'
import { type SeedRow, siteRows } from './people.ts'

export interface Size {
  patients: number
  cases: number
  /** In all; a thousand in each of the newest cases. */
  cells: number
}

const ROWS = 500
const CELLS_A_CASE = 1000
const READERS = 8
/** Cells of a hundred, as in a marrow that is nearly normal. */
const TYPES = Object.entries({
  ...{ blast: 3, promyelocyte: 3, myelocyte: 8, metamyelocyte: 10, band_neutrophil: 18 },
  ...{ segmented_neutrophil: 20, eosinophil: 3, basophil: 1, monocyte: 2, lymphocyte: 12 },
  ...{ plasma_cell: 1, erythroblast: 17, not_identifiable: 2 },
})

/** Starts an empty site and fills it. Returns the seconds that each part took. */
export async function seedSite(size: Size, databaseUrl?: string, tell: (text: string) => void = () => {}) {
  const site = await openSite({ ...ADMINISTRATOR_ENV, ...(databaseUrl && { DATABASE_URL: databaseUrl }) })
  const api = await new Api(site.address).signIn()
  const seconds: Record<string, number> = {}
  const timed = async (name: string, what: () => Promise<void>) => {
    const begun = performance.now()
    await what()
    seconds[name] = Math.round((performance.now() - begun) / 100) / 10
    tell(`${name}: ${seconds[name]} s`)
  }
  await timed('import', () => importAll(api, size))
  const sql = await openSql(site.folder, databaseUrl)
  await timed('states', () => giveStates(sql))
  await timed('cells', () => addCells(sql, size.cells))
  if (databaseUrl) await sql.run('analyze table search_terms, specimens, patients, cells')
  await sql.close()
  return { site, api, seconds }
}

async function importAll(api: Api, { patients, cases }: Size): Promise<void> {
  let rows: SeedRow[] = []
  const send = async () => {
    const answer = await api.ok('POST', '/api/patients/import', { rows })
    if (answer.faults.length > 0)
      throw new Error(`A seeded row was refused: ${JSON.stringify(answer.faults[0])}`)
    rows = []
  }
  for (const row of siteRows(patients, cases)) {
    rows.push(row)
    if (rows.length === ROWS) await send()
  }
  if (rows.length > 0) await send()
}

/** Old cases are signed by one of the readers; of the newest some are read and some wait. */
async function giveStates(sql: Sql): Promise<void> {
  const random = seededRandom(7).next
  const [me] = await sql.all('select id from users where email = ?', [ADMINISTRATOR.email])
  const readers = [String(me!.id), ...Array.from({ length: READERS - 1 }, () => uuid())]
  const columns = [
    'id',
    'email',
    'name',
    'password_hash',
    'role',
    'locale',
    'disabled',
    'version',
    'created_at',
  ]
  await sql.insert(
    'users',
    columns,
    readers.slice(1).map((id, i) => [id, `r${i}@lab.example`, `Reader ${i}`, '-', 'doctor', 'zh', 0, 1, 1]),
  )
  const cases = await sql.all('select id from specimens order by received_on, id')
  const groups = new Map<string, string[]>()
  cases.forEach(({ id }, i) => {
    const isNew = i > cases.length * 0.98
    const chance = random()
    const status = !isNew ? (chance < 0.03 ? 'addended' : 'signed') : chance < 0.4 ? 'pending' : 'in_review'
    const reader = status === 'pending' ? '' : readers[Math.floor(random() * READERS)]!
    const key = `${status} ${reader}`
    groups.set(key, [...(groups.get(key) ?? []), String(id)])
  })
  for (const [key, ids] of groups) {
    const [status, reader] = key.split(' ') as [string, string]
    for (let from = 0; from < ids.length; from += 1000) {
      const some = ids.slice(from, from + 1000)
      await sql.run(`update specimens set status = ?, reader_id = ? where id in (${some.map(() => '?')})`, [
        status,
        reader || null,
        ...some,
      ])
    }
  }
}

async function addCells(sql: Sql, cells: number): Promise<void> {
  if (cells === 0) return
  const random = seededRandom(11).next
  const newest = await sql.all(
    `select id from specimens order by received_on desc, id desc limit ${Math.ceil(cells / CELLS_A_CASE)}`,
  )
  const bag = TYPES.flatMap(([type, share]) => Array.from({ length: share }, () => type))
  const probabilities = JSON.stringify(Array.from({ length: 13 }, () => 0.0769))
  const columns =
    'id specimen_id field_id analysis_id x y width height detection type suggested probability probabilities regions touches_edge origin reviewed deleted version updated_by updated_at'.split(
      ' ',
    )
  for (const { id } of newest) {
    const field = uuid()
    const done = random()
    const rows = Array.from({ length: CELLS_A_CASE }, (): Value[] => {
      const type = bag[Math.floor(random() * bag.length)]!
      const place = [random() * 2500, random() * 1900, 80, 90, 0.9]
      const reviewed = random() < done ? 1 : 0
      return [
        uuid(),
        id!,
        field,
        null,
        ...place,
        type,
        type,
        0.3 + 0.7 * random(),
        probabilities,
        '[]',
        0,
        'model',
        reviewed,
        0,
        1,
        null,
        1,
      ]
    })
    await sql.insert('cells', columns, rows)
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '100000' },
      cases: { type: 'string', default: '120000' },
      cells: { type: 'string', default: '1000000' },
      database: { type: 'string' },
    },
  })
  const size = { patients: Number(values.patients), cases: Number(values.cases), cells: Number(values.cells) }
  const { site }: { site: Site } = await seedSite(size, values.database, console.log)
  console.log(
    `${site.address} (${ADMINISTRATOR.email}, ${ADMINISTRATOR.password}), ${site.folder}; Ctrl-C ends it`,
  )
  process.on('SIGINT', () => void site.stop().then(() => process.exit(0)))
}
