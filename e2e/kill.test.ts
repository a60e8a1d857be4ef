/** The server and the networks' process are killed (-9) at random moments of upload, analysis, review and signing. */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { type DatabaseServer, HAS_MARIADB, openDatabaseServer } from './database-server.ts'
import { openSite, type Site } from './site.ts'

/** Fifty take a minute and a half: MARROWSCOPE_KILLS=50. */
const KILLS = Number(process.env.MARROWSCOPE_KILLS ?? 10)
const CLI = resolve(import.meta.dirname, '../cli/main.ts')
const TYPES = ['blast', 'monocyte', 'lymphocyte', 'plasma_cell'] as const

let site: Site
let database: DatabaseServer | undefined

/** The process that holds the networks; of this server alone, for other tests run beside it. */
function killNetworks(): void {
  try {
    execFileSync('pkill', ['-9', '-P', String(site.pid()), '-f', 'inference/child-process.ts'])
  } catch {} // there was none
}

const DATABASES = [
  ['SQLite', async () => undefined],
  ...(HAS_MARIADB ? ([['MariaDB', openDatabaseServer]] as const) : []),
] as const

describe.each(DATABASES)('on %s', (_, begin) => {
  beforeAll(async () => {
    database = await begin()
    site = await openSite({ ...ADMINISTRATOR_ENV, ...(database && { DATABASE_URL: database.url }) })
  })
  afterAll(async () => {
    await site?.stop()
    await database?.close()
  })

  test(
    `no accepted change is lost over ${KILLS} kills`,
    async () => {
      const api = await new Api(site.address).signIn()
      const { id } = await api.newCase('KILL-1')
      const pictures = await Promise.all(
        Array.from({ length: KILLS + 1 }, (_, i) => {
          const { data, width, height } = drawField({ seed: 100 + i, width: 400, height: 300 })
          return sharp(data, { raw: { width, height, channels: 3 } })
            .png()
            .toBuffer()
        }),
      )
      await api.upload(id, 'field-0.png', pictures[0]!, { umPerPixel: '0.25' })
      /** What the server has accepted: cell → type. */
      const accepted = new Map<string, string>()
      let stop = false
      let uploaded = 1
      let changed = 0
      const fieldId = (await api.ok('GET', `/api/cases/${id}/fields`))[0].id
      const add = () =>
        api.ok('POST', `/api/fields/${fieldId}/cells`, {
          box: { x: 10 + Math.random() * 300, y: 10 + Math.random() * 200, width: 50, height: 50 },
          type: 'blast',
        })
      /** Cells as the server last told them. Naming them needs no networks, which take long to come back. */
      const known = new Map<string, number>()
      for (let i = 0; i < 20; i++) {
        const { id: cellId, version } = await add()
        known.set(cellId, version)
        accepted.set(cellId, 'blast')
      }
      const review = async () => {
        while (!stop) {
          const ids = [...known.keys()]
          const cellId = ids[Math.floor(Math.random() * ids.length)]!
          try {
            if (Math.random() < 0.1) {
              const cell = await add()
              known.set(cell.id, cell.version)
              accepted.set(cell.id, 'blast')
            }
            const type = TYPES[Math.floor(Math.random() * TYPES.length)]!
            const changes = [{ id: cellId, version: known.get(cellId), set: { type } }]
            // A change whose answer was lost may have been made: only what was answered counts as accepted.
            accepted.delete(cellId)
            const { cells: told } = await api.ok('POST', `/api/cases/${id}/changes`, { changes })
            known.set(cellId, told[0].version)
            accepted.set(cellId, type)
            changed += 1
          } catch {
            await api.back()
            const now = await api.ok('GET', `/api/cases/${id}/cells`).catch(() => undefined)
            for (const cell of now?.cells ?? []) if (known.has(cell.id)) known.set(cell.id, cell.version)
          }
        }
      }
      const upload = async () => {
        while (!stop && uploaded < pictures.length) {
          try {
            await api.upload(id, `field-${uploaded}.png`, pictures[uploaded]!, { umPerPixel: '0.25' })
            uploaded += 1
            await api.call('POST', `/api/cases/${id}/analyses`, {})
          } catch {
            await api.back()
          }
        }
      }
      /** Cases that may be signed, with the hash of what was answered. */
      const signed = new Map<string, string>()
      const toSign: { id: string; version: number }[] = []
      for (let i = 0; i < KILLS * 10; i++) {
        const made = await api.newCase(`SIGN-${i}`)
        await api.ok('PATCH', `/api/cases/${made.id}`, { version: made.version, target: 10 })
        await api.ok('PUT', `/api/cases/${made.id}/manual-count`, { counts: { blast: 10 }, version: 0 })
        toSign.push({ id: made.id, version: (await api.ok('GET', `/api/cases/${made.id}`)).version })
      }
      let signer = await new Api(site.address).signIn()
      const sign = async () => {
        for (const { id: caseId, version } of toSign) {
          if (stop) break
          const body = { version, password: ADMINISTRATOR.password, accepted: [] }
          try {
            await signer.ok('POST', `/api/cases/${caseId}/sign`, body)
            signed.set(caseId, (await api.ok('GET', `/api/cases/${caseId}/signatures`))[0].sha256)
          } catch (error) {
            await api.back()
            // Passwords whose answer was lost are counted as wrong ones, by session.
            if (/LOCKED_OUT/.test(String(error))) signer = await new Api(site.address).signIn()
          }
        }
      }
      const work = [review(), upload(), sign()]
      for (let kill = 0; kill < KILLS; kill++) {
        // At no moment that could be waited for.
        await new Promise((done) => setTimeout(done, 100 + Math.random() * 1500))
        if (kill % 2) killNetworks()
        else {
          await site.stop('SIGKILL')
          await site.start()
        }
      }
      stop = true
      await Promise.all(work)

      // Everything goes on: what waits is analysed, no job is stuck.
      const settled = async () => {
        const [newest] = await api.ok('GET', `/api/cases/${id}/analyses`)
        const fields = await api.ok('GET', `/api/cases/${id}/fields`)
        const busy = newest && ['queued', 'running'].includes(newest.status)
        const analysed = fields.every((f: { status: string }) => f.status === 'analysed')
        if (!busy && !analysed) await api.call('POST', `/api/cases/${id}/analyses`, {})
        return !busy && analysed
      }
      await expect.poll(settled, { timeout: 120_000, interval: 500 }).toBe(true)
      const fields = await api.ok('GET', `/api/cases/${id}/fields`)
      expect(fields.map((f: { status: string }) => f.status)).toEqual(fields.map(() => 'analysed'))
      expect(fields.length).toBeGreaterThanOrEqual(uploaded)
      for (const field of fields) {
        const image = await api.raw('GET', `/api/fields/${field.id}/image`)
        const { width } = await sharp(Buffer.from(await image.arrayBuffer())).metadata()
        expect(width).toBe(field.width)
      }
      const { cells } = await api.ok('GET', `/api/cases/${id}/cells`)
      const now = new Map(cells.map((c: { id: string; type: string }) => [c.id, c.type]))
      expect(changed).toBeGreaterThan(KILLS)
      expect(accepted.size).toBeGreaterThan(0)
      for (const [cellId, type] of accepted) expect(now.get(cellId)).toBe(type)
      // Signed whole, once, and as it was answered, or not at all.
      expect(signed.size).toBeGreaterThan(0)
      for (const { id: caseId } of toSign) {
        const signatures = await api.ok('GET', `/api/cases/${caseId}/signatures`)
        const { status } = await api.ok('GET', `/api/cases/${caseId}`)
        expect([caseId, signatures.length]).toEqual([caseId, status === 'signed' ? 1 : 0])
        const answered = signed.get(caseId)
        if (signatures[0]) expect(signatures[0]).toMatchObject({ intact: true, lost: 0 })
        if (answered) expect(signatures[0].sha256).toBe(answered)
      }
      const env = {
        ...process.env,
        MARROWSCOPE_SITE: site.folder,
        ...(database && { DATABASE_URL: database.url }),
      }
      const verified = execFileSync(process.execPath, [CLI, 'audit', 'verify'], { env, encoding: 'utf8' })
      expect(verified).toContain('The audit is intact')
      // No cell of a field twice.
      const boxes = cells
        .filter((c: { origin: string }) => c.origin === 'model')
        .map((c: { fieldId: string; box: object }) => c.fieldId + JSON.stringify(c.box))
      expect(new Set(boxes).size).toBe(boxes.length)
    },
    KILLS * 30_000,
  )
})
