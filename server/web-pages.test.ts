import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import type { Ports } from './ports.ts'
import { webPages } from './web-pages.ts'

/** What answers over a folder of built pages, as [status, content type, cache-control]. */
async function answers(webFolder: string) {
  const app = fastify()
  app.decorate('ports', { config: { ...readConfig({}), webFolder } } as Ports)
  app.get('/api/health', () => ({ status: 'ok' }))
  await app.register(webPages)
  return async (url: string, method: 'GET' | 'POST' = 'GET') => {
    const { statusCode, headers } = await app.inject({ method, url })
    return [statusCode, headers['content-type']?.toString().split(';')[0], headers['cache-control']]
  }
}

describe('built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets/index-1a2b.js'), '0')
  const ask = await answers(folder)

  test.each(['/', '/index.html', '/cases/1/cells', '/join?token=a.b'])(
    '%s is the application',
    async (url) => {
      expect(await ask(url)).toEqual([200, 'text/html', 'no-cache'])
    },
  )
  test('what the build names by its content is kept for ever', async () => {
    expect(await ask('/assets/index-1a2b.js')).toEqual([
      200,
      'application/javascript',
      'public, max-age=31536000, immutable',
    ])
  })
  test.each(['/api', '/api/nothing', '/assets/gone.js', '/../../etc/passwd.txt'])(
    '%s is not there',
    async (url) => {
      expect(await ask(url)).toEqual([404, 'application/json', undefined])
    },
  )
  test('a compressed copy is sent to whoever takes it, under the name and type of the file', async () => {
    writeFileSync(join(folder, 'assets/index-1a2b.js.br'), 'compressed')
    const app = fastify()
    app.decorate('ports', { config: { ...readConfig({}), webFolder: folder } } as Ports)
    await app.register(webPages)
    const get = (headers = {}) => app.inject({ url: '/assets/index-1a2b.js', headers })
    const { body, headers } = await get({ 'accept-encoding': 'gzip, br' })
    expect([body, headers['content-encoding']]).toEqual(['compressed', 'br'])
    expect(headers['content-type']).toBe('application/javascript; charset=utf-8')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get()).body).toBe('0')
  })
  test('the API answers beside it, and nothing is posted to a page', async () => {
    expect((await ask('/api/health'))[0]).toBe(200)
    expect((await ask('/cases', 'POST'))[0]).toBe(404)
  })
})

test('not built: every page says what to run', async () => {
  const ask = await answers('/nowhere')
  expect(await ask('/')).toEqual([503, 'text/plain', undefined])
  expect(await ask('/setup?token=x')).toEqual([503, 'text/plain', undefined])
  expect((await ask('/api/nothing'))[0]).toBe(404)
})
