/** A whole site is started once with the clock 32 years ahead, as after a lost battery, and once two hours behind. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite } from './site.ts'

const ROOT = resolve(import.meta.dirname, '..')
const HOUR = 3_600_000
const YEAR = 365.25 * 24 * HOUR

test('18 old patients survive 32 years in one night; an addendum of two hours ago is printed', async () => {
  const site = await openSite(ADMINISTRATOR_ENV)
  const port = new URL(site.address).port
  /** The same site with a wrong clock; `work` is done while it runs. */
  const wrongly = async <T>(ms: number, work: (api: Api) => Promise<T>): Promise<T> => {
    const preload = pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href
    const child = spawn(process.execPath, ['--import', preload, join(ROOT, 'server/main.ts')], {
      env: {
        ...process.env,
        ...{ MARROWSCOPE_PORT: port, MARROWSCOPE_SITE: site.folder, SHIFT_CLOCK: String(ms) },
      },
      stdio: 'ignore',
    })
    const answers = async () =>
      (await fetch(`${site.address}/api/health`).catch(() => undefined)) !== undefined
    await expect.poll(answers, { timeout: 60_000 }).toBe(true)
    const gone = once(child, 'exit')
    try {
      return await work(await new Api(site.address).signIn())
    } finally {
      child.kill('SIGTERM')
      await gone
    }
  }
  const api = await new Api(site.address).signIn()
  await api.ok('PUT', '/api/retention', { imagesYears: 5, patientsYears: 10, version: 0 })
  let signedId = ''
  for (let n = 0; n < 18; n++) {
    const patient = { hospitalNumber: `H${n}`, name: `P${n}`, sex: 'female', birthDate: null }
    const { id } = await api.ok('POST', '/api/cases', { marrowNumber: `CLOCK-${n}`, patient, target: 10 })
    await api.ok('PUT', `/api/cases/${id}/manual-count`, { counts: { blast: 10 }, version: 0 })
    const { version } = await api.ok('GET', `/api/cases/${id}`)
    await api.ok('POST', `/api/cases/${id}/sign`, { version, password: ADMINISTRATOR.password, accepted: [] })
    signedId = id
  }
  await site.stop()

  await wrongly(32 * YEAR, async (ahead) => {
    const { status, body } = await ahead.call('GET', '/api/health')
    expect([status, body.code]).toEqual([503, 'CLOCK_IN_DOUBT'])
    // Its night comes at once.
    const db = new SQLite(join(site.folder, 'marrowscope.db'))
    db.prepare("update jobs set run_at = 0 where kind = 'retention' and status = 'waiting'").run()
    db.close()
    const runs = async () => (await ahead.ok('GET', '/api/retention')).runs
    await expect.poll(runs, { timeout: 30_000 }).toMatchObject([{ status: 'asking', patients: 0, cases: 0 }])
  })

  await wrongly(-2 * HOUR, async (behind) => {
    for (const text of ['first after the clock', 'second after the clock']) {
      await behind.ok('POST', `/api/cases/${signedId}/addenda`, { text, password: ADMINISTRATOR.password })
    }
    expect((await behind.call('GET', '/api/health')).status).toBe(503)
  })

  await site.start()
  const again = await new Api(site.address).signIn()
  const { addenda } = await again.ok('GET', `/api/cases/${signedId}/report.json`)
  expect(addenda.map(({ text }: { text: string }) => text)).toEqual([
    'first after the clock',
    'second after the clock',
  ])
  const signatures = await again.ok('GET', `/api/cases/${signedId}/signatures`)
  expect(signatures.every(({ intact }: { intact: boolean }) => intact)).toBe(true)
  expect((await again.ok('GET', '/api/patients')).items).toHaveLength(18)
  const { nextAt } = await again.ok('GET', '/api/retention')
  expect(nextAt).toBeLessThan(Date.now() + 25 * HOUR)
  await site.stop()
})
