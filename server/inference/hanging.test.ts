/** The networks' process hangs, really: stopped by a signal, or over a file that never ends. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { drawField } from '../../testkit/index.ts'
import { ChildInference, LIMITS } from './child.ts'
import { tryAgain } from './try-again.ts'

const folder = mkdtempSync(join(tmpdir(), 'marrowscope-hanging-'))
const SCALE = { umPerPixel: 0.25, source: 'given', sure: true, estimate: undefined, doubt: 'none' } as const

async function field(): Promise<string> {
  const { data, width, height } = drawField({ seed: 1, width: 400, height: 300 })
  const file = join(folder, 'field.png')
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file)
  return file
}

async function open(limits: Partial<typeof LIMITS> = {}) {
  const inference = new ChildInference(resolve(import.meta.dirname, '../../models'), limits)
  onTestFinished(() => inference.close())
  await inference.models()
  // From its first sign of life on.
  await expect.poll(() => inference.state().silent).toBe(0)
  return inference
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('one that was stopped is replaced, and the field is analysed', async () => {
  const inference = await open()
  const stopped = inference.pid!
  process.kill(stopped, 'SIGSTOP')
  const begun = performance.now()
  const file = await field()
  const analysed = tryAgain(() => inference.analyse(file, { scale: SCALE }))
  await expect.poll(() => inference.state().silent).toBeGreaterThanOrEqual(5000)
  await expect.poll(() => inference.state().ends.length, { timeout: 40_000 }).toBe(1)
  const ended = (performance.now() - begun) / 1000
  expect(ended).toBeGreaterThan(LIMITS.silent - 2)
  expect(ended).toBeLessThan(LIMITS.silent + 5)
  expect((await analysed).cells.length).toBeGreaterThan(0)
  expect(inference.pid).not.toBe(stopped)
  expect(isAlive(stopped)).toBe(false)
})

test('what is cancelled ends soon all the same, and counts as no failure', async () => {
  const inference = await open()
  process.kill(inference.pid!, 'SIGSTOP')
  const cancel = new AbortController()
  const file = await field()
  const analysed = inference.analyse(file, { scale: SCALE, signal: cancel.signal }).catch((error) => error)
  const begun = performance.now()
  cancel.abort()
  expect(await analysed).toMatchObject({ name: 'InferenceDied' })
  expect(performance.now() - begun).toBeLessThan((LIMITS.aborted + 3) * 1000)
  expect(inference.state().ends).toEqual([])
  expect((await inference.analyse(file, { scale: SCALE })).cells.length).toBeGreaterThan(0)
})

test('closing does not wait for it, and leaves nothing behind', async () => {
  const inference = await open()
  const pid = inference.pid!
  process.kill(pid, 'SIGSTOP')
  const waiting = tryAgain(() => inference.models()).catch((error) => error)
  const begun = performance.now()
  await inference.close()
  expect(await waiting).toMatchObject({ name: 'InferenceDied' })
  expect(performance.now() - begun).toBeLessThan((LIMITS.closing + 2) * 1000)
  expect(isAlive(pid)).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'one that lives but gets nowhere with a call is replaced',
  async () => {
    const inference = await open({ stalled: 4 })
    const pid = inference.pid!
    const endless = join(folder, 'endless.png')
    execFileSync('mkfifo', [endless])
    const begun = performance.now()
    const asked = inference.analyse(endless, { scale: SCALE }).catch((error) => error)
    await expect.poll(() => inference.state().stalled).toBeGreaterThanOrEqual(2000)
    // It says all the while that it lives.
    expect(inference.state().silent).toBeLessThan(4000)
    expect(await asked).toMatchObject({ name: 'InferenceDied' })
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(inference.pid).not.toBe(pid)
  },
)
