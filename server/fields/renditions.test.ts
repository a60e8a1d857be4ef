/** Copies of fields for the pages: what asking for many of them can fill, and what goes. */
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { picture } from './images-for-tests.ts'
import { Renditions, WIDTHS } from './renditions.ts'
import { startUploads } from './uploads-for-tests.ts'

describe('copies of fields', () => {
  let on: Awaited<ReturnType<typeof startUploads>>
  afterEach(() => on.server.close())
  const folder = () => join(on.server.ports.config.dataFolder, 'renditions')
  const copies = () => readdirSync(folder()).sort()
  const bytes = () => copies().reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0)
  const open = async (env: NodeJS.ProcessEnv = {}, empty = TEST_DATABASES[0]![1]) => {
    on = await startUploads(await empty(), env)
    await on.openCase()
  }
  const ask = (id: string, width: number | undefined) =>
    on.technician('GET', `/fields/${id}/image${width === undefined ? '' : `?width=${width}`}`)
  const widthOf = async (id: string, width: number | undefined) =>
    (await sharp((await ask(id, width)).rawPayload).metadata()).width

  test('2,000 widths of one field are six files', async () => {
    await open()
    const wide = await sharp({ create: { width: 5000, height: 40, channels: 3, background: '#a7b' } })
      .png()
      .toBuffer()
    await on.upload('wide.png', wide)
    const [{ id }] = await on.fields()
    for (let first = 16; first < 20_000; first += 200) {
      const some = Array.from({ length: 20 }, (_, i) => first + 10 * i).filter((width) => width <= 20_000)
      for (const { statusCode } of await Promise.all(some.map((width) => ask(id, width))))
        expect(statusCode).toBe(200)
    }
    expect(copies()).toEqual([...WIDTHS, 65_000].map((width) => `${id}-${width}.jpg`).sort())
    const asked = [16, 160, 161, 512, 1500, 4096, 4097, 20_000, undefined]
    const given = []
    for (const width of asked) given.push(await widthOf(id, width))
    expect(given).toEqual([160, 160, 512, 512, 2048, 4096, 5000, 5000, 5000])
  })

  test('all copies together have at most so many bytes; those that nobody asked for longest go, and are made again', async () => {
    await open({ MARROWSCOPE_RENDITIONS_GB: '0.00002' })
    for (let seed = 1; seed <= 12; seed++)
      await on.upload(`${seed}.png`, await picture(seed).png().toBuffer())
    const fields: { id: string }[] = await on.fields()
    expect(fields).toHaveLength(12)
    const name = (i: number) => `${fields[i]!.id}-65000.jpg`
    const first = await ask(fields[0]!.id, undefined)
    let most = 0
    for (const { id } of fields) {
      expect((await ask(id, undefined)).statusCode).toBe(200)
      // One that is asked for again and again stays.
      const old = new Date(Date.now() - 1000 * (100 - fields.findIndex((one) => one.id === id)))
      utimesSync(join(folder(), `${id}-65000.jpg`), old, old)
      await ask(fields[0]!.id, undefined)
      most = Math.max(most, bytes())
    }
    expect(most).toBeLessThanOrEqual(20_000)
    expect(copies()).toContain(name(0))
    expect(copies()).not.toContain(name(1))
    expect(copies()).toContain(name(11))
    expect((await ask(fields[1]!.id, undefined)).statusCode).toBe(200)
    expect((await ask(fields[0]!.id, undefined)).rawPayload).toEqual(first.rawPayload)
  })

  test.each(TEST_DATABASES)(
    'those of fields that are gone, and what was never finished, go at the next look, on %s',
    async (_, empty) => {
      await open({}, empty)
      await on.upload('a.png', await picture(1).png().toBuffer())
      const [{ id }] = await on.fields()
      await ask(id, undefined)
      const hours = (n: number) => new Date(Date.now() - n * 3_600_000)
      const put = (name: string, at: Date) => {
        mkdirSync(folder(), { recursive: true })
        writeFileSync(join(folder(), name), 'x')
        utimesSync(join(folder(), name), at, at)
      }
      put(`${uuid()}-160.jpg`, hours(0))
      put(`${id}-512.jpg.${uuid()}`, hours(2))
      const inWork = `${id}-1024.jpg.${uuid()}`
      put(inWork, hours(0))
      const { config, db, decoding } = on.server.ports
      await new Renditions(folder(), decoding, config.limits.renditions).tidyUp(db)
      expect(copies()).toEqual([`${id}-65000.jpg`, inWork].sort())
      rmSync(join(folder(), inWork))
      await db.updateTable('cases').set({ images_removed_at: 1 }).execute()
      await new Renditions(folder(), decoding, config.limits.renditions).tidyUp(db)
      expect(copies()).toEqual([])
    },
  )
})
