import { expect, test } from 'vitest'
import { shutDown } from './shut-down.ts'

test('ends one list after the other, and tells of nothing where all went well', async () => {
  const ended: string[] = []
  const slowly = async () => {
    await new Promise((done) => setTimeout(done, 50))
    ended.push('jobs')
  }
  expect(await shutDown([{ jobs: slowly }, { database: () => void ended.push('database') }])).toEqual([])
  expect(ended).toEqual(['jobs', 'database'])
})

test('names what fails and goes on; names what hangs and what waited for it', async () => {
  const fails = () => Promise.reject(new Error('no line'))
  const hangs = () => new Promise(() => {})
  const began = performance.now()
  expect(await shutDown([{ summaries: fails }, { jobs: hangs }, { database: () => {} }], 200)).toEqual([
    'summaries (no line)',
    'jobs',
    'database',
  ])
  expect(performance.now() - began).toBeLessThan(2000)
})
