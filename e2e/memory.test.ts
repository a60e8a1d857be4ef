/** Many large images are asked for at once: the memory of the server stays within its budget. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite, type Site } from './site.ts'
import { openSql } from './sql.ts'

/** Of each all must be in memory. `budget`: GB, for two at once as `bytesToDecode` counts them. `more`: times what one takes. */
const IMAGES = [
  {
    name: 'progressive JPEG of 200 megapixels, the largest that is accepted',
    width: 20_000,
    height: 10_000,
    make: (picture: Sharp) => picture.jpeg({ progressive: true }),
    budget: 5.3,
    // The library alone decodes four at once.
    more: 2.8,
  },
  {
    name: 'transparent PNG of 30 megapixels',
    width: 7500,
    height: 4000,
    make: (picture: Sharp) => picture.ensureAlpha(0).png({ compressionLevel: 1 }),
    budget: 0.9,
    // Without a limit all forty lie in memory.
    more: 3.5,
  },
]
const REQUESTS = 40
/** The last one, as wide as the image, takes the most. */
const COPIES = [160, 512, 1024, 2048, 4096, 20_000]

let site: Site
let api: Api
afterEach(async () => {
  await site.stop()
  rmSync(site.folder, { recursive: true, force: true })
})

// Only Linux tells a process's peak, and lets it begin anew.
test.skipIf(process.platform !== 'linux').each(IMAGES)(
  `${REQUESTS} copies at once of a $name: two are decoded at a time, the others wait or are told to come again`,
  async ({ width, height, make, budget, more }) => {
    site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_DECODE_GB: `${budget}` })
    api = await new Api(site.address).signIn()
    const background = { r: 180, g: 120, b: 160 }
    const create = { width, height, channels: 3, background } as const
    const image = await make(sharp({ create, limitInputPixels: false })).toBuffer()
    const { id: caseId } = await api.newCase('M-1')
    await api.upload(caseId, 'field', image)
    const [field] = await api.ok('GET', `/api/cases/${caseId}/fields`)
    expect([field.width, field.height]).toEqual([width, height])
    const fields = [field.id, ...(await moreOf(caseId))]
    const asked = COPIES.flatMap((wide) => fields.map((id) => `/api/fields/${id}/image?width=${wide}`))

    const before = resident()
    peakFromNow()
    expect((await api.raw('GET', asked.pop()!)).status).toBe(200)
    const one = peak() - before
    expect(one).toBeGreaterThan(3 * width * height)

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
    expect(grown).toBeLessThan(more * one)
    expect(grown).toBeLessThan(1e9 * budget)
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
