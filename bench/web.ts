/// <reference lib="dom" />
/**
 * `npm run -s bench -- web`: the pages and the API with thousands of cells, in headless Chromium. `web api`
 * measures the API alone and writes nothing.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import SQLite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from '../e2e/api.ts'
import { openBrowser } from '../e2e/browser.ts'
import { openSite } from '../e2e/site.ts'
import { machine } from './machine.ts'
import { writeResult } from './write-result.ts'

/** Copies of the demo's cells are put into its fields, at random places, until there are `n`. */
function fill(folder: string, n: number): void {
  const db = new SQLite(join(folder, 'marrowscope.db'))
  const rows = db.prepare('select * from cells where deleted = 0').all() as Record<string, number | string>[]
  const columns = Object.keys(rows[0]!)
  const insert = db.prepare(`insert into cells (${columns}) values (${columns.map((c) => `@${c}`)})`)
  const copy = db.prepare(
    'insert into cell_embeddings select ?, case_id, recogniser, embedding from cell_embeddings where cell_id = ?',
  )
  db.transaction(() => {
    for (let i = rows.length; i < n; i++) {
      const like = rows[i % rows.length]!
      const shift = (size: number) => Math.round(((i * 7919) % 1000) * (size / 1000))
      const id = uuid()
      insert.run({ ...like, id, x: shift(900), y: shift(700), version: 1, updated_at: Date.now() })
      copy.run(id, like.id)
    }
  })()
  db.close()
}

/** Frames a second while `step` is called before each frame for `ms`: the mean, and that of the slowest 5 %. */
function frames(page: Page, step: string, ms = 4000): Promise<{ mean: number; slowest: number }> {
  return page.evaluate(
    ([code, span]) =>
      new Promise<{ mean: number; slowest: number }>((done) => {
        const move = new Function('i', code) as (i: number) => void
        const times: number[] = []
        const begun = performance.now()
        const tick = (now: number) => {
          times.push(now)
          if (now - begun > span) {
            const gaps = times
              .slice(1)
              .map((t, i) => t - times[i]!)
              .sort((a, b) => b - a)
            const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length
            const worst = gaps.slice(0, Math.max(1, Math.round(gaps.length / 20)))
            const slow = worst.reduce((a, b) => a + b, 0) / worst.length
            return done({ mean: Math.round(1000 / mean), slowest: Math.round(1000 / slow) })
          }
          move(times.length)
          requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
      }),
    [step, ms] as const,
  )
}

async function percentiles(what: () => Promise<unknown>, times: number) {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await what()
    took.push(performance.now() - begun)
  }
  took.sort((a, b) => a - b)
  return { p50: Math.round(took[times >> 1]!), p95: Math.round(took[Math.floor(times * 0.95)]!) }
}

const site = await openSite(ADMINISTRATOR_ENV)
const api = await new Api(site.address).signIn()
const { id } = await api.ok('POST', '/api/cases/demo')
await api.analysed(id)
await api.referencesDrawn()
fill(site.folder, 5000)
const [some] = (await api.ok('GET', `/api/cases/${id}/cells`)).cells
const calls: [string, () => Promise<unknown>][] = [
  ['list of 5,000 cells', async () => (await api.raw('GET', `/api/cases/${id}/cells`)).arrayBuffer()],
  ['one cell in full', () => api.ok('GET', `/api/cells/${some.id}`)],
  ['5,000 cells by their likeness to one', () => api.ok('GET', `/api/cells/${some.id}/similar`)],
  ['references near one', () => api.ok('GET', `/api/cells/${some.id}/references`)],
  ['differential', () => api.ok('GET', `/api/cases/${id}/differential`)],
  ['checks', () => api.ok('GET', `/api/cases/${id}/checks`)],
  ['worklist', () => api.ok('GET', '/api/cases')],
  ['case', () => api.ok('GET', `/api/cases/${id}`)],
]
const answers: Record<string, { p50: number; p95: number }> = {}
for (const [name, what] of calls) answers[name] = await percentiles(what, 100)
if (process.argv[2] === 'api') {
  console.log(JSON.stringify(answers, null, 2))
  await site.stop()
  process.exit()
}

const browser = await openBrowser()
const page = await (
  await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' })
).newPage()
await page.goto(site.address)
await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email)
await page.getByLabel('Password').fill(ADMINISTRATOR.password)
await page.getByRole('button', { name: 'Sign in' }).click()
await page.getByText('DEMO-1').waitFor()
const opened = performance.now()
await page.getByText('DEMO-1').click()
await page.waitForFunction(() =>
  [...document.querySelectorAll<HTMLImageElement>('.cell img')].some((i) => i.complete && i.naturalWidth > 0),
)
const firstThumbnail = Math.round(performance.now() - opened)
await page.waitForLoadState('networkidle')
const scrolling = await frames(page, "document.querySelector('.grid').scrollTop += 12")

await page.locator('.grid').evaluate((grid) => grid.scrollTo(0, 0))
await page.locator('.cell').first().click()
for (let i = 0; i < 30; i++) await page.keyboard.press('Shift+ArrowDown')
const reclassified = await page.evaluate(
  () =>
    new Promise<{ cells: number; seen: number; saved: number }>((done) => {
      const begun = performance.now()
      const real = window.fetch
      let seen = 0
      window.fetch = async (...args) => {
        const request = new Request(...args)
        const sent = request.url.endsWith('/changes') ? await request.clone().json() : undefined
        const answer = await real(request)
        if (sent) {
          const cells = sent.changes.length
          setTimeout(() => done({ cells, seen, saved: Math.round(performance.now() - begun) }))
        }
        return answer
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '9', bubbles: true }))
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          seen = Math.round(performance.now() - begun)
        }),
      )
    }),
)

fill(site.folder, 30_000) // some 10,000 in each of the three fields
await page.goto(`${site.address}/case/${id}/field`)
await page.locator('.stage canvas').first().waitFor()
await page.waitForTimeout(3000)
const boxes = await page.locator('.palette .here').allTextContents()
const stage = (await page.locator('.stage').boundingBox())!
const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2]
await page.mouse.move(x, y)
await page.mouse.down()
const panning = frames(page, '')
for (let i = 0; i < 120; i++) {
  await page.mouse.move(x + 150 * Math.sin(i / 8), y + 80 * Math.cos(i / 8))
  await page.waitForTimeout(25)
}
const overlay = await panning
await page.mouse.up()
await browser.close()
await site.stop()

const dist = join(import.meta.dirname, '../web/dist')
const html = readFileSync(join(dist, 'index.html'), 'utf8')
const scripts = globSync('assets/*.js', { cwd: dist }).filter((file) => html.includes(file))
const firstPage = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0)
const result = {
  date: new Date().toISOString(),
  machine: machine(),
  firstPageScriptKB: Math.round(firstPage / 1000),
  apiMs: answers,
  gallery5000: {
    firstThumbnailMs: firstThumbnail,
    scrollingFps: scrolling,
    reclassifyMs: reclassified,
  },
  overlay: {
    boxes: boxes.reduce((sum, text) => sum + Number(text.split(' ').at(-1)), 0),
    panningFps: overlay,
  },
}
console.log(JSON.stringify(result, null, 2))
writeResult(join(import.meta.dirname, 'results/web.json'), result)
