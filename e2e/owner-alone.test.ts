/** A site that is started with no umask at all: whatever it writes in a whole journey is its owner's alone. */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite } from './site.ts'

const CLI = resolve(import.meta.dirname, '../cli/main.ts')

/** Every file and folder with its rights, `RIGHTS PATH`, where they are more than their owner's. */
function wide(folder: string): string[] {
  return ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].flatMap((name) => {
    const stats = lstatSync(join(folder, name))
    const rights = stats.mode & 0o777
    return rights === (stats.isDirectory() ? 0o700 : 0o600) ? [] : [`${rights.toString(8)} ${name}`]
  })
}

/** `marrowscope ARGS` on a site, without a umask. */
const command = (folder: string, ...args: string[]) =>
  promisify(execFile)('sh', ['-c', 'umask 000; exec "$@"', 'sh', process.execPath, CLI, ...args], {
    env: { ...process.env, MARROWSCOPE_SITE: folder },
  })

test.skipIf(process.platform === 'win32')(
  'what a site writes, and what an older one had left open',
  async () => {
    const site = await openSite(ADMINISTRATOR_ENV, { umask: '000' })
    onTestFinished(() => site.stop('SIGKILL'))
    const api = await new Api(site.address).signIn()
    await api.referencesDrawn()
    const { id } = await api.newCase('RIGHTS-1')
    const { data, width, height } = drawField({ seed: 1, width: 400, height: 300 })
    const png = sharp(data, { raw: { width, height, channels: 3 } }).png()
    await api.upload(id, 'field.png', await png.toBuffer(), { umPerPixel: '0.25' })
    await api.ok('POST', `/api/cases/${id}/analyses`, {})
    expect((await api.analysed(id)).status).toBe('done')
    const [field] = await api.ok('GET', `/api/cases/${id}/fields`)
    for (const query of ['', '?width=100']) {
      expect((await api.raw('GET', `/api/fields/${field.id}/image${query}`)).status).toBe(200)
    }
    expect((await api.beginUpload(id, 'unfinished.png', 1000)).status).toBe(201)
    const { id: exported } = await api.ok('POST', '/api/research-exports', { filter: {}, images: true })
    const exports = async () =>
      (await api.ok('GET', '/api/research-exports')).find((one: { id: string }) => one.id === exported).status
    await expect.poll(exports, { timeout: 60_000 }).toBe('done')
    const saved = join(mkdtempSync(join(tmpdir(), 'marrowscope-saved-')), 'backup')
    await command(site.folder, 'backup', '--out', saved)

    const written = readdirSync(site.folder, { recursive: true, encoding: 'utf8' })
    for (const kind of [
      'marrowscope.db',
      'marrowscope.db-wal',
      'marrowscope.db-shm',
      'site-key.pem',
      `images/fields/${field.id}`,
      `images/exports/${exported}.tar.gz`,
      'server.lock',
    ]) {
      expect(written).toContain(kind)
    }
    expect(written.filter((name) => name.startsWith('renditions/')).length).toBe(2)
    expect(written.filter((name) => name.startsWith('uploads/')).length).toBeGreaterThan(1)
    expect(wide(site.folder)).toEqual([])
    expect(wide(saved)).toEqual([])
    await site.stop()
    expect(readFileSync(join(site.folder, 'audit-heads.txt'), 'utf8')).not.toBe('')
    expect(wide(site.folder)).toEqual([])

    // As an earlier version left them, under the usual umask; a backup of those days too.
    for (const folder of [site.folder, saved]) execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder])
    const count = wide(site.folder).length
    expect(count).toBeGreaterThan(15)
    await site.start()
    expect(wide(site.folder)).toEqual([])
    // With the journal of the lock, which has that file's rights.
    expect(site.output()).toContain(
      `Others could read ${count + 1} files and folders of this site; no longer.`,
    )
    await site.stop()

    const place = mkdtempSync(join(tmpdir(), 'marrowscope-site-'))
    chmodSync(place, 0o700)
    await command(place, 'restore', saved)
    expect(wide(place)).toEqual([])
  },
  240_000,
)
