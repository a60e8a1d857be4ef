/** The disk of a site is full: each change is refused in one sentence, nothing is half-done, and all goes on when there is room. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite } from './site.ts'
import { mountSmallDisk } from './small-disk.ts'
import { openSql } from './sql.ts'

const CLI = resolve(import.meta.dirname, '../cli/main.ts')
const disk = mountSmallDisk(48)
afterAll(() => disk?.close())

describe.skipIf(!disk)(`the disk is full${disk ? '' : ' (skipped: this user may not mount one)'}`, () => {
  test('upload, analysis, signing, export and backup', async () => {
    const { folder, fill, makeRoom } = disk!
    const site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_FREE_GB: 'none' }, { folder })
    try {
      const api = await new Api(site.address).signIn()
      await api.referencesDrawn()
      const picture = async (seed: number) => {
        const { data, width, height } = drawField({ seed, width: 400, height: 300 })
        return sharp(data, { raw: { width, height, channels: 3 } })
          .png()
          .toBuffer()
      }
      const { id: read } = await api.newCase('FULL-1')
      await api.upload(read, 'first.png', await picture(1), { umPerPixel: '0.25' })
      const { id: counted } = await api.ok('POST', '/api/cases', {
        marrowNumber: 'FULL-2',
        patient: { hospitalNumber: 'H2', name: 'P2', sex: 'female', birthDate: null },
        target: 10,
      })
      await api.ok('PUT', `/api/cases/${counted}/manual-count`, { counts: { blast: 10 }, version: 0 })
      const { version } = await api.ok('GET', `/api/cases/${counted}`)
      const second = await picture(2)
      const begun = (await api.beginUpload(read, 'second.png', second.length, { umPerPixel: '0.25' })).headers
      const place = begun.get('location')!

      // One analysis is at work when the disk fills, and its journal, into which changes would still fit, is brought into the file.
      const { id: third } = await api.newCase('FULL-3')
      await api.upload(third, 'third.png', await picture(3), { umPerPixel: '0.25' })
      await api.ok('POST', `/api/cases/${third}/analyses`, {})
      // What is exported is chosen by summaries, which follow a little later.
      await expect
        .poll(async () => (await api.ok('GET', '/api/statistics/overview')).cases)
        .toBeGreaterThanOrEqual(1)
      const sql = openSql(folder)
      const fillAll = async () => {
        const busy = async () => (await sql.all('pragma wal_checkpoint(truncate)'))[0]!.busy
        // A journal that cannot be brought into the file has no room left either.
        await expect.poll(() => busy().catch(() => 0), { interval: 20 }).toBe(0)
        fill()
      }
      await fillAll()

      const full = {
        code: 'DISK_FULL',
        message: expect.stringMatching(/^The server’s disk is (full.*again|almost full.*runs the server)\.$/),
      }
      const refused = async (method: string, path: string, body?: unknown) => {
        // The analysis at work gives back room, and its writes that failed leave room in the journal.
        await fillAll()
        expect(await api.call(method, path, body), path).toMatchObject({ status: 507, body: full })
      }
      await refused('POST', '/api/cases', {
        marrowNumber: 'FULL-4',
        patient: { hospitalNumber: '', name: 'P4', sex: 'unknown', birthDate: null },
      })
      const sign = { version, password: ADMINISTRATOR.password, accepted: [] }
      await refused('POST', `/api/cases/${counted}/sign`, sign)
      await refused('POST', `/api/cases/${read}/analyses`, {})
      await refused('POST', '/api/research-exports', { filter: {}, images: false })
      // What cannot be recorded is not shown.
      await refused('GET', `/api/cases/${read}`)
      const notBegun = await api.beginUpload(read, 'third.png', 1000)
      expect({ status: notBegun.status, body: await notBegun.json() }).toMatchObject({
        status: 507,
        body: full,
      })
      const notSent = await api.sendUpload(place, 0, second)
      expect({ status: notSent.status, body: await notSent.json() }).toMatchObject({
        status: 507,
        body: full,
      })
      const env = { ...process.env, MARROWSCOPE_SITE: folder }
      const out = join(dirname(folder), 'backup')
      const backup = () =>
        spawnSync(process.execPath, [CLI, 'backup', '--out', out], { env, encoding: 'utf8' })
      const failed = backup()
      expect([failed.status, failed.stderr]).toEqual([
        1,
        expect.stringMatching(/^It was not done. The disk is full: free space/),
      ])
      expect(readdirSync(dirname(folder)).filter((name) => name.startsWith('backup'))).toEqual([])
      expect((await fetch(`${site.address}/api/health`)).status).toBe(503)
      expect(site.output()).toMatch(/SQLITE_FULL|ENOSPC/)
      const before = await sql.all(
        'select (select count(*) from signatures) as signatures, (select count(*) from cases) as cases, (select count(*) from research_exports) as exports, (select count(*) from fields) as fields',
      )
      expect(before).toEqual([{ signatures: 0, cases: 3, exports: 0, fields: 2 }])

      makeRoom()
      await expect.poll(async () => (await fetch(`${site.address}/api/health`)).status).toBe(200)
      // What was at work goes on by itself; what was refused is done again.
      expect((await api.analysed(third)).status).toBe('done')
      expect((await api.ok('GET', `/api/cases/${third}/fields`))[0].status).toBe('analysed')
      await api.ok('POST', `/api/cases/${counted}/sign`, sign)
      const head = await api.raw('HEAD', new URL(place, `${site.address}/api/uploads/`).pathname, {
        headers: { 'tus-resumable': '1.0.0' },
      })
      const offset = Number(head.headers.get('upload-offset'))
      expect((await api.sendUpload(place, offset, second.subarray(offset))).status).toBe(204)
      expect(await api.ok('GET', `/api/cases/${read}/fields`)).toHaveLength(2)
      await api.ok('POST', `/api/cases/${read}/analyses`, {})
      expect((await api.analysed(read)).status).toBe('done')
      await api.ok('POST', '/api/research-exports', { filter: {}, images: false })
      const exported = async () => (await api.ok('GET', '/api/research-exports'))[0].status
      await expect.poll(exported).toBe('done')
      const saved = backup()
      expect([saved.status, saved.stderr]).toEqual([0, ''])
      expect(existsSync(join(out, 'manifest.json'))).toBe(true)
      const verified = spawnSync(process.execPath, [CLI, 'audit', 'verify'], { env, encoding: 'utf8' })
      expect(verified.stdout).toContain('The audit is intact')
      await sql.close()
    } finally {
      await site.stop()
    }
  }, 240_000)
})
