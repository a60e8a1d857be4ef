/** Many large images are asked for at once: the memory of the server stays within its budget. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite, type Site } from './site.ts'
import { openSql } from './sql.ts'

/** The largest that is accepted, 200 megapixels, in a form of which all must be in memory: a progressive JPEG. */
const [WIDTH, HEIGHT] = [20_000, 10_000]
/** GB: two at once by the 10 bytes a pixel that such a file counts with. */
const BUDGET = 4.1
const REQUESTS = 40
/** The last one, as wide as the image, takes the most. */
const COPIES = [160, 512, 1024, 2048, 4096, 20_000]

let site: Site
let api: Api
beforeAll(async () => {
  site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_DECODE_GB: `${BUDGET}` })
  api = await new Api(site.address).signIn()
}, 120_000)
afterAll(async () => {
  await site.stop()
  rmSync(site.folder, { recursive: true, force: true })
})

// Only Linux tells a process's peak, and lets it begin anew.
test.skipIf(process.platform !== 'linux')(
  `${REQUESTS} copies of the largest image at once: two are decoded at a time, the others wait or are told to come again`,
  async () => {
    const background = { r: 180, g: 120, b: 160 }
    const create = { width: WIDTH, height: HEIGHT, channels: 3, background } as const
    const image = await sharp({ create, limitInputPixels: false }).jpeg({ progressive: true }).toBuffer()
    const { id: caseId } = await api.newCase('M-1')
    await api.upload(caseId, 'field.jpg', image)
    const [field] = await api.ok('GET', `/api/cases/${caseId}/fields`)
    expect([field.width, field.height]).toEqual([WIDTH, HEIGHT])
    const fields = [field.id, ...(await moreOf(caseId))]
    const asked = COPIES.flatMap((width) => fields.map((id) => `/api/fields/${id}/image?width=${width}`))

    const before = resident()
    peakFromNow()
    expect((await api.raw('GET', asked.pop()!)).status).toBe(200)
    const one = peak() - before
    expect(one).toBeGreaterThan(400e6)

    const start = Math.max(before, resident())
    peakFromNow()
    const attack = asked.reverse().slice(0, REQUESTS)
    const answers = await Promise.all(
      attack.map(async (path) => {
        const answer = await api.raw('GET', path)
        return { status: answer.status, after: answer.headers.get('retry-after'), body: await answer.bytes() }
      }),
    )
    const grown = peak() - start
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toHaveLength(REQUESTS)
    expect([...new Set(statuses)].filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2)
    for (const { status, after } of answers) expect(after).toBe(status === 503 ? '10' : null)
    console.log({ one, grown, given: statuses.filter((status) => status === 200).length })
    // Two at a time; the library alone would decode four.
    expect(grown).toBeLessThan(2.4 * one)
    expect(grown).toBeLessThan(1e9 * BUDGET)
    // Whoever comes again is given it.
    const refused = attack[statuses.indexOf(503)]
    if (refused) expect((await api.raw('GET', refused)).status).toBe(200)
  },
  300_000,
)

/** More fields with the same image, so that each of their copies is one that was never made. */
async function moreOf(caseId: string): Promise<string[]> {
  const sql = openSql(site.folder)
  const [row] = await sql.all('select * from fields where case_id = ?', [caseId])
  const ids: string[] = []
  for (let number = 2; number <= Math.ceil((REQUESTS + 1) / COPIES.length); number++) {
    const id = `${row!.id}`.slice(0, -2) + String(number).padStart(2, '0')
    const copy = { ...row!, id, number, sha256: `${number}`.padStart(64, '0') }
    await sql.insert('fields', Object.keys(copy), [Object.values(copy)])
    ids.push(id)
  }
  await sql.close()
  return ids
}

const status = (name: string) =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${site.pid()}/status`, 'utf8'))![1])
const resident = () => status('VmRSS')
const peak = () => status('VmHWM')
const peakFromNow = () => writeFileSync(`/proc/${site.pid()}/clear_refs`, '5')
