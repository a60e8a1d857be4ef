/**
 * `npm run -s bench -- seed --patients 100000 --cases 120000 --cells 5000000`: a site of that size, in a new folder, that then
 * runs until it is stopped. Patients and cases come in through the import, as a site's own would.
 */
import { parseArgs } from 'node:util'
import { v7 as uuid } from 'uuid'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite, type Site } from '../../e2e/site.ts'
import { openSql, type Sql, type Value } from '../../e2e/sql.ts'
import { seededRandom } from '../../testkit/index.ts'
import { type SeedRow, siteRows } from './people.ts'

export interface Size {
  patients: number
  cases: number
  /** In all: a thousand in each of the newest cases, the rest evenly in the others. */
  cells: number
}

const ROWS = 500
const LARGE = 1000
/** Of all cases, those with a thousand cells. */
const LARGE_SHARE = 1 / 120
const READERS = 8
/** Cells of a hundred, as in a marrow that is nearly normal. */
const TYPES = Object.entries({
  ...{ blast: 3, promyelocyte: 3, myelocyte: 8, metamyelocyte: 10, band_neutrophil: 18 },
  ...{ segmented_neutrophil: 20, eosinophil: 3, basophil: 1, monocyte: 2, lymphocyte: 12 },
  ...{ plasma_cell: 1, erythroblast: 17, not_identifiable: 2 },
})
/** Of a hundred cells that a person looked at, those that were given another name. */
const CORRECTED = 8
const DAY = 86_400_000

/** Starts an empty site on SQLite, fills it and lets it sum its cases up. Returns the seconds that each part took. */
export async function seedSite(size: Size, tell: (text: string) => void = () => {}) {
  const site = await openSite(ADMINISTRATOR_ENV)
  const api = await new Api(site.address).signIn()
  const seconds: Record<string, number> = {}
  const timed = async (name: string, what: () => Promise<void>) => {
    const begun = performance.now()
    await what()
    seconds[name] = Math.round((performance.now() - begun) / 100) / 10
    tell(`${name}: ${seconds[name]} s`)
  }
  await timed('import', () => importAll(api, size))
  // Stopped meanwhile: two processes that write all the time wait for each other on SQLite.
  await site.stop()
  const sql = openSql(site.folder)
  await timed('states', () => giveStates(sql))
  await timed('cells', () => addCells(sql, size))
  await timed('readings', () => addReadings(sql))
  // Changed after they were summed up.
  await sql.run('update cases set updated_at = ?', [Date.now()])
  await sql.close()
  await site.start()
  await timed('summaries', () => summedUp(site))
  return { site, seconds }
}

/** A server sums up at its start what it finds changed. */
async function summedUp(site: Site): Promise<void> {
  const sql = openSql(site.folder)
  for (;;) {
    const [row] = await sql.all(
      'select (select count(*) from cases) - (select count(*) from case_summaries where cells > 0) as missing, (select count(*) from summaries_due) as due',
    )
    if (row!.missing === 0 && row!.due === 0) break
    await new Promise((done) => setTimeout(done, 1000))
  }
  await sql.close()
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
  const cases = await sql.all('select id from cases order by received_on, id')
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
      await sql.run(`update cases set status = ?, reader_id = ? where id in (${some.map(() => '?')})`, [
        status,
        reader || null,
        ...some,
      ])
    }
  }
}

async function addCells(sql: Sql, { cases, cells }: Size): Promise<void> {
  const random = seededRandom(11).next
  const newestFirst = await sql.all(
    'select id, received_on, status from cases order by received_on desc, id desc',
  )
  const large = Math.ceil(cases * LARGE_SHARE)
  const each = Math.max(1, Math.round((cells - large * LARGE) / (cases - large)))
  const bag = TYPES.flatMap(([type, share]) => Array.from({ length: share }, () => type))
  const probabilities = JSON.stringify(CELL_CLASSES.map(() => 0.0769))
  const classes = JSON.stringify(CELL_CLASSES)
  const [reader] = await sql.all('select id from users limit 1')
  const models = ['0.1.0', '0.2.0'].map((version) =>
    JSON.stringify({
      detector: { name: 'detector', version: '0.1.0', sha256: 'aa'.repeat(32) },
      recogniser: { name: 'recogniser', version, sha256: 'bb'.repeat(32) },
    }),
  )
  const together = 200
  for (let from = 0; from < newestFirst.length; from += together) {
    const [cellRows, analyses, signatures, slides, fields]: Value[][][] = [[], [], [], [], []]
    newestFirst.slice(from, from + together).forEach(({ id, received_on, status }, i) => {
      const n = from + i
      const [slide, field, analysis] = [uuid(), uuid(), uuid()]
      const signed = status === 'signed' || status === 'addended'
      const received = Date.parse(String(received_on))
      const done = signed ? 1 : random()
      // Some marrows are full of blasts.
      const blasts = n % 10 === 3 ? 0.2 + 0.5 * random() : 0
      slides!.push([slide, id!, '1', received])
      fields!.push(fieldRow(field, slide, String(id), received))
      analyses!.push([
        analysis,
        id!,
        'done',
        1,
        1,
        1,
        models[n % 2]!,
        classes,
        reader!.id!,
        received,
        received,
        received,
      ])
      if (signed) {
        const at = Math.round(received + (0.3 + random() ** 2 * 6) * DAY)
        signatures!.push([uuid(), id!, 1, 'signature', reader!.id!, at, '', '{}', '0'.repeat(64)])
      }
      for (let k = 0; k < (n < large ? LARGE : each); k++) {
        const type = random() < blasts ? 'blast' : bag[Math.floor(random() * bag.length)]!
        const reviewed = random() < done ? 1 : 0
        const other = reviewed && random() * 100 < CORRECTED ? bag[Math.floor(random() * bag.length)]! : type
        const place = [Math.round(random() * 2500), Math.round(random() * 1900), 80, 90, 0.9]
        const seen = [other, type, Math.round(1e4 * (0.3 + 0.7 * random())) / 1e4, probabilities]
        cellRows!.push([
          uuid(),
          id!,
          field,
          analysis,
          ...place,
          ...seen,
          '[]',
          0,
          0,
          'model',
          reviewed,
          0,
          1,
          null,
          1,
        ])
      }
    })
    await sql.insert('slides', SLIDE, slides!)
    await sql.insert('fields', FIELD, fields!)
    await sql.insert('analyses', ANALYSIS, analyses!)
    await sql.insert('signatures', SIGNATURE, signatures!)
    await sql.insert('cells', CELL, cellRows!)
  }
}

/** A field whose image is not there: no image is asked for. */
const fieldRow = (id: string, slide: string, caseId: string, at: number): Value[] => [
  ...[id, slide, caseId, 1, 'field.jpg', id.replaceAll('-', ''), 1, 2560, 1920, 0.1, 'given', '[]', id],
  ...['analysed', 1, at],
]

const SLIDE = 'id case_id label created_at'.split(' ')
const FIELD =
  'id slide_id case_id number file_name sha256 bytes width height um_per_pixel scale_source warnings storage_key status version created_at'.split(
    ' ',
  )
const ANALYSIS =
  'id case_id status total done cells models classes created_by created_at started_at finished_at'.split(' ')
const SIGNATURE = 'id case_id number kind user_id at text snapshot sha256'.split(' ')
export const CELL =
  'id case_id field_id analysis_id x y width height detection type suggested probability probabilities regions unfamiliar touches_edge origin reviewed deleted version updated_by updated_at'.split(
    ' ',
  )
const READING = 'id case_id reader_id status agreement created_by created_at finished_at'.split(' ')

/** One case of fifty was read by a second person. */
async function addReadings(sql: Sql): Promise<void> {
  const readers = (await sql.all('select id from users order by id')).map((row) => row.id!)
  const cases = await sql.all("select id from cases where status = 'signed' order by id")
  const pairs = TYPES.flatMap(([type, count], i) => [
    { first: type, second: type, count: count * 2 },
    { first: type, second: TYPES[(i + 1) % TYPES.length]![0], count: 2 },
  ])
  const agreement = JSON.stringify({ pairs })
  const rows = cases
    .filter((_, i) => i % 50 === 0)
    .map(({ id }, i): Value[] => {
      const [one, other] = [readers[i % readers.length]!, readers[(i + 1) % readers.length]!]
      return [uuid(), id!, other, 'finished', agreement, one, 1, 2]
    })
  await sql.insert('second_readings', READING, rows)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '100000' },
      cases: { type: 'string', default: '120000' },
      cells: { type: 'string', default: '5000000' },
    },
  })
  const size = { patients: Number(values.patients), cases: Number(values.cases), cells: Number(values.cells) }
  const { site } = await seedSite(size, console.log)
  console.log(
    `${site.address} (${ADMINISTRATOR.email}, ${ADMINISTRATOR.password}), ${site.folder}; Ctrl-C ends it`,
  )
  process.on('SIGINT', () => void site.stop().then(() => process.exit(0)))
}
