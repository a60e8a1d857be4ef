/** Nothing that hangs or fills up holds the site: not the networks, not a sender who stops, not the log. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { freePort, openSite, type Site } from './site.ts'

const MAIN = resolve(import.meta.dirname, '../server/main.ts')
/** s in which a server ends whatever is open. */
const SHUTDOWN = 10

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const seconds = (since: number) => (performance.now() - since) / 1000

async function open(): Promise<Site> {
  const site = await openSite(ADMINISTRATOR_ENV)
  onTestFinished(() => site.stop('SIGKILL'))
  return site
}

/** Processes that the server has begun for the networks. */
function networksOf(server: number): number[] {
  const found = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(server)], { encoding: 'utf8' })
  return found
    .split('\n')
    .filter((line) => line.includes('inference/child-process.ts'))
    .map((line) => Number.parseInt(line, 10))
}

/** One that was killed and that nobody has asked after yet is not. */
const isAlive = (pid: number) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return !/^(Z|$)/.test(stdout.trim())
}

async function field(seed: number): Promise<Buffer> {
  const { data, width, height } = drawField({ seed, width: 400, height: 300 })
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

async function caseWithField(api: Api): Promise<string> {
  const { id } = await api.newCase('WAIT-1')
  await api.upload(id, 'field.png', await field(1), { umPerPixel: '0.25' })
  return id
}

describe('the networks’ process is stopped, not dead', () => {
  test('the analysis goes on by itself, a cancel works, and the server ends', async () => {
    const site = await open()
    const api = await new Api(site.address).signIn()
    const id = await caseWithField(api)
    await expect.poll(() => networksOf(site.pid()), { timeout: 60_000 }).toHaveLength(1)
    const stop = () => {
      const [networks] = networksOf(site.pid())
      process.kill(networks!, 'SIGSTOP')
      return networks!
    }
    const newest = async () => (await api.ok('GET', `/api/cases/${id}/analyses`))[0]
    const analyse = () => api.ok('POST', `/api/cases/${id}/analyses`, {})

    const stopped = stop()
    await analyse()
    await expect.poll(async () => (await newest()).status, { timeout: 90_000 }).toBe('done')
    expect((await api.ok('GET', `/api/cases/${id}/fields`))[0].status).toBe('analysed')
    expect(networksOf(site.pid())).not.toContain(stopped)

    stop()
    await api.upload(id, 'second.png', await field(2), { umPerPixel: '0.25' })
    const { id: second } = await analyse()
    await pause(2000)
    await api.ok('POST', `/api/analyses/${second}/cancel`)
    await analyse()
    await expect.poll(async () => (await newest()).status, { timeout: 90_000 }).toBe('done')

    const last = stop()
    await api.upload(id, 'third.png', await field(3), { umPerPixel: '0.25' })
    await analyse()
    await pause(2000)
    expect(networksOf(site.pid())).toEqual([last])
    const begun = performance.now()
    await site.stop()
    expect(seconds(begun)).toBeLessThan(SHUTDOWN)
    expect(isAlive(last)).toBe(false)
  }, 300_000)
})

/** Sends what begins a request and then nothing more; `closed` when the server has cut it off. */
function begin(address: string, text: string): Promise<{ socket: Socket; closed: Promise<void> }> {
  const { hostname, port } = new URL(address)
  return new Promise((done, failed) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, () => done({ socket, closed })))
    const closed = new Promise<void>((ended) => socket.once('close', () => ended()))
    socket.on('error', failed)
    socket.resume()
  })
}

const head = (line: string, headers: Record<string, string | number>) =>
  [
    line,
    'host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n')
const HALF_A_BODY = `${head('POST /api/session HTTP/1.1', { 'content-type': 'application/json', 'content-length': 100 })}{"email": "`

describe('senders who stop in the middle', () => {
  test('are cut off after half a minute; an upload that goes on slowly is not', async () => {
    const site = await open()
    const api = await new Api(site.address).signIn()
    const { id } = await api.newCase('WAIT-2')
    const begun = performance.now()
    const upload = async (name: string) => {
      const answer = await api.beginUpload(id, name, 10_000_000)
      const { pathname } = new URL(answer.headers.get('location')!, `${site.address}/api/uploads/`)
      return head(`PATCH ${pathname} HTTP/1.1`, {
        cookie: api.cookie,
        'tus-resumable': '1.0.0',
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': 10_000_000,
      })
    }
    const many = (n: number, text: () => string | Promise<string>) =>
      Array.from({ length: n }, async () => begin(site.address, await text()))
    const stopped = await Promise.all([
      ...many(40, () => HALF_A_BODY),
      ...many(5, async () => `${await upload('half.png')}half of it`),
      ...many(5, () => 'GET / HTTP/1.1\r\nx-half: a he'),
      ...many(5, () => ''),
    ])
    const slow = await begin(site.address, await upload('slow.png'))
    const drip = setInterval(() => slow.socket.write('x'.repeat(4000)), 1000)
    onTestFinished(() => {
      clearInterval(drip)
      slow.socket.destroy()
    })
    await Promise.all(stopped.map(({ closed }) => closed))
    expect(seconds(begun)).toBeLessThan(50)
    await pause(70_000 - seconds(begun) * 1000)
    expect(slow.socket.destroyed).toBe(false)
    expect((await fetch(`${site.address}/api/health`)).status).toBe(200)
  }, 180_000)

  test('hold no shutdown', async () => {
    const site = await open()
    const api = await new Api(site.address).signIn()
    const { id } = await api.newCase('WAIT-3')
    await begin(site.address, HALF_A_BODY)
    const events = await api.raw('GET', `/api/cases/${id}/events`)
    const begun = performance.now()
    await site.stop()
    expect(seconds(begun)).toBeLessThan(SHUTDOWN)
    expect(site.output()).not.toContain('did not end')
    await events.body?.cancel().catch(() => {})
  })
})

describe.skipIf(process.platform !== 'linux')('the log cannot be written', () => {
  /** A server that logs every request, with its output as given. */
  async function serve(stdio: ['ignore', number | 'pipe', number | 'pipe']): Promise<[string, ChildProcess]> {
    const port = await freePort()
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        ...ADMINISTRATOR_ENV,
        MARROWSCOPE_PORT: String(port),
        MARROWSCOPE_SITE: mkdtempSync(join(tmpdir(), 'marrowscope-site-')),
        MARROWSCOPE_LOG: 'debug',
      },
      stdio,
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return [`http://127.0.0.1:${port}`, child]
  }
  async function works(address: string, child: ChildProcess) {
    const up = async () => (await fetch(`${address}/api/health`).catch(() => undefined))?.ok
    await expect.poll(up, { timeout: 90_000 }).toBe(true)
    const api = await new Api(address).signIn()
    const id = await caseWithField(api)
    await api.ok('POST', `/api/cases/${id}/analyses`, {})
    const status = async () => (await api.ok('GET', `/api/cases/${id}/analyses`))[0].status
    await expect.poll(status, { timeout: 90_000 }).toBe('done')
    expect((await api.ok('GET', `/api/cases/${id}/fields`))[0].status).toBe('analysed')
    const gone = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)))
    child.kill('SIGTERM')
    expect(await gone).toBe(0)
  }

  test('its disk is full', async () => {
    const full = openSync('/dev/full', 'w')
    const server = await serve(['ignore', full, full])
    closeSync(full)
    await works(...server)
  })

  test('its reader is gone', async () => {
    const [address, child] = await serve(['ignore', 'pipe', 'pipe'])
    child.stdout!.destroy()
    child.stderr!.destroy()
    await works(address, child)
  })

  test('its reader sleeps', async () => {
    const [address, child] = await serve(['ignore', 'pipe', 'pipe'])
    // Nobody reads: more than a pipe holds is logged.
    const up = async () => (await fetch(`${address}/api/health`).catch(() => undefined))?.ok
    await expect.poll(up, { timeout: 90_000 }).toBe(true)
    for (let i = 0; i < 600; i++) await fetch(`${address}/api/nothing-${'x'.repeat(100)}`)
    await works(address, child)
  })
})
