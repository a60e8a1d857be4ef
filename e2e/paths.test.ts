/** Things are broken under a running site: no answer to anyone tells where something lies on the server. */
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { invite } from './person.ts'
import { openSite } from './site.ts'

const ROOT = resolve(import.meta.dirname, '..')
const ROLES = ['doctor', 'technician', 'researcher', 'read_only'] as const
/** Who runs the site is told there where its parts lie. */
const OF_ADMINISTRATORS = /^GET \/api\/administration\//

test('image, folder, networks and database broken; bad files; addresses that climb', async () => {
  const models = join(mkdtempSync(join(tmpdir(), 'marrowscope-models-')), 'models')
  cpSync(join(ROOT, 'models'), models, { recursive: true })
  const site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_MODELS: models })
  onTestFinished(() => site.stop('SIGKILL'))
  const head = await new Api(site.address).signIn()
  const people = [head]
  for (const role of ROLES) {
    const api = new Api(site.address)
    await api.ok('POST', '/api/session', await invite(head, `A ${role}`, role))
    people.push(api)
  }

  const places = [site.folder, ROOT, models, tmpdir(), process.execPath]
  const told: string[] = []
  let answers = 0
  let failures = 0
  /** Refusals that name an image, without its place. */
  let named = 0
  const look = (what: string, status: number, text: string) => {
    answers += 1
    if (status >= 400) failures += 1
    if (/The image is /.test(text)) named += 1
    const found = places.filter((place) => text.includes(place))
    if (found.length > 0) told.push(`${what} ${status}: ${text.slice(0, 300)}`)
  }
  const ask = async (api: Api, method: string, path: string, body?: unknown) => {
    // An export that cannot go on is cut off: half of one must not look whole.
    const answer = await api.call(method, path, body).catch((error: Error) => {
      if (error.message !== 'terminated' || !path.endsWith('/export')) throw error
      return { status: 500, body: null }
    })
    if (api === head && OF_ADMINISTRATORS.test(`${method} ${path}`)) return answer
    look(`${method} ${path}`, answer.status, JSON.stringify([answer.body]))
    return answer
  }

  const { id: caseId } = await head.newCase('PATHS-1')
  const { data, width, height } = drawField({ seed: 1, width: 600, height: 450 })
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  await head.upload(caseId, 'field.png', png, { umPerPixel: '0.25' })
  await head.ok('POST', `/api/cases/${caseId}/analyses`, {})
  expect((await head.analysed(caseId)).status).toBe('done')
  const [field] = await head.ok('GET', `/api/cases/${caseId}/fields`)
  const { cells } = await head.ok('GET', `/api/cases/${caseId}/cells`)
  const { patientId } = await head.ok('GET', `/api/cases/${caseId}`)
  const ids: Record<string, string> = {
    cases: caseId,
    fields: field.id,
    cells: cells[0].id,
    patients: patientId,
  }

  /** Every address that can be read, as everybody, and what the networks are asked for. */
  const { paths } = await head.ok('GET', '/api/docs/json')
  const readable = Object.entries(paths as Record<string, object>)
    .filter(([path, methods]) => 'get' in methods && !path.endsWith('/events'))
    .map(([path]) => path.replace(/\{[^}]+\}/g, () => ids[path.split('/')[2]!] ?? caseId))
  expect(readable.length).toBeGreaterThan(40)
  const askAll = async () => {
    for (const api of people) for (const path of readable) await ask(api, 'GET', path)
    for (const api of people) {
      await ask(api, 'GET', `/api/fields/${field.id}/image?width=320`)
      const box = { x: 50, y: 50, width: 50, height: 50 }
      await ask(api, 'POST', `/api/fields/${field.id}/cells`, { box })
      const { version } = (await head.call('GET', `/api/cells/${cells[0].id}`)).body
      await ask(api, 'POST', `/api/cases/${caseId}/changes`, {
        changes: [{ id: cells[0].id, version, set: { box } }],
      })
      await ask(api, 'POST', `/api/references`, { cellId: cells[0].id })
    }
    await ask(head, 'POST', '/api/cases/demo')
    await ask(head, 'POST', '/api/research-exports', { filter: {}, images: true })
    const ended = async () =>
      (await head.ok('GET', '/api/research-exports')).every(
        (one: { status: string }) => !['queued', 'running'].includes(one.status),
      )
    await expect.poll(ended, { timeout: 60_000 }).toBe(true)
    for (const api of people) await ask(api, 'GET', '/api/research-exports')
  }
  await askAll()

  // Bad files, under names that climb.
  for (const name of ['../../text.png', '..\\cut.jpg', '/etc/slide.svs']) {
    await head
      .upload(caseId, name, Buffer.from('no picture'))
      .catch((error) => look(name, 500, String(error)))
  }
  for (const api of people) await ask(api, 'GET', `/api/cases/${caseId}/faults`)

  // An image that is damaged where nothing looks, so that only its decoding fails.
  const original = join(site.folder, 'images/fields', field.id)
  const whole = readFileSync(original)
  const damaged = Buffer.from(whole)
  damaged.fill(0xff, 150_000, 200_000)
  expect(whole.length).toBeGreaterThan(700_000)
  rmSync(join(site.folder, 'renditions'), { recursive: true, force: true })
  writeFileSync(original, damaged)
  await askAll()
  expect(named).toBeGreaterThan(0)
  renameSync(original, `${original}.away`)
  await askAll()
  writeFileSync(original, whole)

  // Folders that are files.
  for (const name of ['renditions', 'images']) {
    const folder = join(site.folder, name)
    rmSync(`${folder}.away`, { recursive: true, force: true })
    if (statSync(folder, { throwIfNoEntry: false })) renameSync(folder, `${folder}.away`)
    writeFileSync(folder, 'no folder')
    await askAll()
    rmSync(folder)
    if (statSync(`${folder}.away`, { throwIfNoEntry: false })) renameSync(`${folder}.away`, folder)
  }

  // The networks' file is gone, and the process that held it is ended.
  rmSync(join(models, 'recogniser.onnx'))
  await site.stop()
  await site.start()
  const { id: second } = await head.newCase('PATHS-2')
  await head.upload(second, 'second.png', png, { umPerPixel: '0.25' })
  await head.ok('POST', `/api/cases/${second}/analyses`, {})
  const failed = await head.analysed(second)
  expect([failed.status, failed.error]).toEqual([
    'failed',
    expect.stringMatching(/^MODEL_\w+: The recogniser.*recogniser\.onnx/),
  ])
  for (const api of people) await ask(api, 'GET', `/api/cases/${second}/analyses`)
  await askAll()

  // Addresses that climb out of the pages and the API, as nobody's client would write them.
  for (const path of [
    '/../../../etc/passwd',
    '/..%2f..%2fserver/main.ts',
    '/assets/..%5c..%5cstart.js',
    '/api/uploads/..%2f..%2fmarrowscope.db',
    '/%00',
    '/api/fields/..%2f..%2fx/image',
  ]) {
    const { text, code } = await raw(site.address, path, head.cookie)
    look(`GET ${path}`, code, text)
    expect(text).not.toMatch(/root:|import |SQLite format/)
  }

  // The database is no database any more.
  const database = join(site.folder, 'marrowscope.db')
  truncateSync(`${database}-wal`)
  writeFileSync(database, Buffer.alloc(statSync(database).size, 'x'))
  for (const api of people) for (const path of readable) await ask(api, 'GET', path)

  expect(told).toEqual([])
  expect(answers).toBeGreaterThan(1500)
  expect(failures).toBeGreaterThan(300)
}, 400_000)

/** A path as it is written, which no URL would leave so. */
function raw(address: string, path: string, cookie: string): Promise<{ text: string; code: number }> {
  const { hostname, port } = new URL(address)
  return new Promise((done, failed) => {
    const asked = request({ hostname, port, path, headers: { cookie } }, (answer) => {
      let text = ''
      answer.on('data', (part) => (text += part)).on('end', () => done({ text, code: answer.statusCode! }))
    })
    asked.on('error', failed).end()
  })
}
