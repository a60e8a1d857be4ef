import { expect, test } from 'vitest'
import { startWorker } from './worker.ts'

const QUESTION = { task: 'field' as const, file: 'a.jpg', umPerPixel: 0.1, centres: [] }
const start = (code: string) => startWorker(process.execPath, ['--input-type=module', '-e', code])

test('a worker says what it is and answers line by line', async () => {
  const worker = await start(`
    import { createInterface } from 'node:readline'
    console.log('{"name":"echo"}')
    for await (const line of createInterface({ input: process.stdin })) {
      console.log(JSON.stringify({ ms: JSON.parse(line).file.length, cells: 0, peakRss: 1 }))
    }`)
  expect(worker.hello).toEqual({ name: 'echo' })
  expect(await worker.ask(QUESTION)).toMatchObject({ ms: 5 })
  expect(await worker.ask({ ...QUESTION, file: 'ab.jpg' })).toMatchObject({ ms: 6 })
  await worker.close()
})

test('a worker that ends without an answer is an error, not an endless wait', async () => {
  await expect(start('process.exit(3)')).rejects.toThrow('ended without an answer')
  const worker = await start(`console.log('{}'); process.stdin.once('data', () => process.exit(3))`)
  await expect(worker.ask(QUESTION)).rejects.toThrow('ended without an answer')
})

test('a program that is not there is an error', async () => {
  await expect(startWorker('/no/such/program', [])).rejects.toThrow('ENOENT')
})
