import { existsSync } from 'node:fs'
import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import * as tus from 'tus-js-client'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { bomb, large, picture, png } from './images-for-tests.ts'
import { Uploads } from './uploads.ts'
import { sha256, startUploads, TUS } from './uploads-for-tests.ts'

describe.each(TEST_DATABASES)('uploads on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  let caseId: string
  beforeAll(async () => {
    on = await startUploads(await empty())
  })
  afterAll(() => on.server.close())
  beforeEach(async () => {
    caseId = await on.openCase()
  })

  test('takes an image with its scale, number and name, and hands it back upright', async () => {
    const heard: unknown[] = []
    on.server.ports.events.on(caseId, null, (event) => heard.push(event))
    const data = await png(1)
    await on.upload('骨髓 1.png', data, { sha256: sha256(data) })
    await on.upload('turned.jpg', await picture(2).jpeg().withMetadata({ orientation: 6 }).toBuffer(), {
      umPerPixel: '0.2',
    })
    const [first, second] = await on.fields()
    expect(first).toMatchObject({
      number: 1,
      fileName: '骨髓 1.png',
      width: 96,
      height: 64,
      bytes: data.length,
      scaleSource: 'metadata',
      status: 'waiting',
      version: 1,
    })
    expect(first.umPerPixel).toBeCloseTo(0.25, 3)
    expect(second).toMatchObject({ number: 2, width: 64, height: 96, umPerPixel: 0.2, scaleSource: 'given' })
    expect(heard).toEqual([{ kind: 'fields' }, { kind: 'fields' }])
    expect(await on.faults()).toEqual([])
    expect(on.left()).toEqual([])
    const stored = await on.server.ports.storage.localPath(`fields/${first.id}`)
    expect(sha256(await readFile(stored))).toBe(sha256(data))
    const image = async (query: string) => {
      const answer = await on.technician('GET', `/fields/${second.id}/image${query}`)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=31536000, immutable',
      })
      const { format, width, height } = await sharp(answer.rawPayload).metadata()
      return [format, width, height]
    }
    expect(await image('')).toEqual(['jpeg', 64, 96])
    expect(await Promise.all([image('?width=40'), image('?width=40')])).toEqual([
      ['jpeg', 64, 96],
      ['jpeg', 64, 96],
    ])
    expect(await image('?width=5000')).toEqual(['jpeg', 64, 96])
  })

  test('shows a field as the networks see it, names a slide file and what is wrong with its pixels', async () => {
    const [width, height] = [48, 32]
    const shades = Uint16Array.from({ length: width * height * 3 }, (_, i) => 4095 - 6 * (i % 200))
    const deep = sharp(shades, { raw: { width, height, channels: 3 } }).toColourspace('rgb16')
    const twelve = await deep.tiff({ compression: 'lzw' }).toBuffer()
    await on.upload('12 bits.tif', twelve)
    await on.upload('photo.jfif', await picture(21).jpeg().toBuffer())
    await on.upload('scan.SVS', Buffer.concat([twelve, twelve]))
    const fields = await on.fields()
    expect(fields.map((f: { fileName: string }) => f.fileName)).toEqual(['12 bits.tif', 'photo.jfif'])
    const { rawPayload } = await on.technician('GET', `/fields/${fields[0].id}/image`)
    const { channels } = await sharp(rawPayload).stats()
    for (const { mean } of channels) expect(mean).toBeGreaterThan(180)
    expect(await on.faults()).toMatchObject([
      {
        fileName: 'scan.SVS',
        code: 'FIELD_FORMAT_NOT_READ',
        message: expect.stringMatching(/^scan\.SVS is a slide file.*export/),
      },
    ])
  })

  test('goes on where it broke off, with the client that the pages use', async () => {
    const data = await large()
    expect(data.length).toBeGreaterThan(5_000_000)
    const options: tus.UploadOptions = {
      endpoint: on.address,
      headers: { cookie: on.technician.cookie },
      metadata: { caseId, filename: 'large.png', sha256: sha256(data) },
      chunkSize: 2_000_000,
    }
    const place = await new Promise<string>((resolve, reject) => {
      const broken = new tus.Upload(data, {
        ...options,
        onError: reject,
        onChunkComplete: () => {
          broken.abort()
          resolve(broken.url!)
        },
      })
      broken.start()
    })
    expect(await on.fields()).toEqual([])
    const offset = Number((await on.ask(new URL(place, on.address).href)).headers.get('upload-offset'))
    expect(offset).toBeGreaterThanOrEqual(2_000_000)
    expect(offset).toBeLessThan(data.length)
    await new Promise<void>((resolve, reject) => {
      new tus.Upload(data, {
        ...options,
        uploadUrl: new URL(place, on.address).href,
        onError: reject,
        onSuccess: () => resolve(),
      }).start()
    })
    expect(await on.fields()).toMatchObject([{ fileName: 'large.png', bytes: data.length }])
    // A sender whose line broke before it heard so asks again.
    const answer = await on.ask(new URL(place, on.address).href)
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([200, String(data.length)])
  })

  test('lists what cannot be taken with a reason, and goes on', async () => {
    const jpeg = await picture(3).jpeg().toBuffer()
    const good = await png(4)
    const noise = await large()
    await on.upload('good.png', good)
    await on.upload('../../etc/good again.png', good)
    await on.upload('cut.jpg', jpeg.subarray(0, jpeg.length - 200))
    await on.upload('cut.png', noise.subarray(0, 2_000_000))
    await on.upload('text.jpg', Buffer.from('not an image'))
    await on.upload('bomb.png', await bomb())
    await on.upload('changed.png', await png(5), { sha256: sha256(good) })
    await on.upload('empty\u0000.png', Buffer.from('GIF89a'))
    await on.upload('last.png', await png(6))
    expect((await on.fields()).map((f: { fileName: string }) => f.fileName)).toEqual(['good.png', 'last.png'])
    const listed = (await on.faults()).reverse()
    expect(listed.map((f: { fileName: string; code: string }) => [f.fileName, f.code])).toEqual([
      ['good again.png', 'DUPLICATE'],
      ['cut.jpg', 'FIELD_TRUNCATED'],
      ['cut.png', 'FIELD_TRUNCATED'],
      ['text.jpg', 'FIELD_NOT_DECODABLE'],
      ['bomb.png', 'IMAGE_TOO_LARGE'],
      ['changed.png', 'CHECKSUM_DIFFERS'],
      ['empty.png', 'FIELD_NOT_DECODABLE'],
    ])
    for (const { fileName, message } of listed) {
      expect(message).toContain(fileName)
      expect(message).not.toContain('/')
    }
    expect(on.left()).toEqual([])
    await on.technician('DELETE', `/cases/${caseId}/faults`)
    expect(await on.faults()).toEqual([])
  })

  test('takes files that arrive at once under different numbers, and the same file once', async () => {
    const images = await Promise.all([10, 11, 12, 13, 10].map(png))
    await Promise.all(images.map((data, i) => on.upload(`${i}.png`, data)))
    expect((await on.fields()).map((f: { number: number }) => f.number)).toEqual([1, 2, 3, 4])
    expect((await on.faults()).map((f: { code: string }) => f.code)).toEqual(['DUPLICATE'])
  })

  test('refuses to begin what can have no end', async () => {
    const code = async (response: Promise<Response>) => {
      const answer = await response
      return [answer.status, JSON.parse(await answer.text()).code]
    }
    expect(await code(on.begin(10, { filename: '..' }))).toEqual([400, 'NAME_MISSING'])
    expect(await code(on.begin(10, { filename: 'a.png', sha256: 'abc' }))).toEqual([
      400,
      'CHECKSUM_NOT_VALID',
    ])
    expect(await code(on.begin(10, { filename: 'a.png', umPerPixel: '-1' }))).toEqual([
      400,
      'SCALE_NOT_VALID',
    ])
    expect(await code(on.begin(10, { filename: 'a.png', caseId: uuid() }))).toEqual([404, 'NOT_FOUND'])
    expect(await code(on.begin(3 * 1024 ** 3, { filename: 'a.png' }))).toEqual([413, 'UPLOAD_REFUSED'])
    await on.setStatus('signed')
    expect(await code(on.begin(10, { filename: 'a.png' }))).toEqual([409, 'CASE_SIGNED'])
  })

  test('belongs to whoever began it, and to nobody without the right', async () => {
    const other = await on.server.as('technician')
    const place = on.placeOf(await on.begin(100, { filename: 'a.png', userId: other.userId }))
    expect((await on.ask(place)).status).toBe(200)
    expect((await on.ask(place, other)).status).toBe(404)
    expect((await on.send(place, 0, Buffer.alloc(100), other)).status).toBe(404)
    expect((await fetch(place, { method: 'DELETE', headers: { ...TUS, cookie: other.cookie } })).status).toBe(
      404,
    )
    expect((await on.begin(10, { filename: 'a.png' }, await on.server.as('read_only'))).status).toBe(403)
    expect((await fetch(on.address, { method: 'POST', headers: TUS })).status).toBe(401)
    expect(
      (await fetch(place, { method: 'DELETE', headers: { ...TUS, cookie: on.technician.cookie } })).status,
    ).toBe(204)
    expect((await on.ask(`${on.address}/..%2f..%2fmarrowscope.db`)).status).toBe(404)
  })

  test('finishes at the next start what the last one left, and removes what is a week old', async () => {
    const data = await png(20)
    const place = on.placeOf(await on.begin(data.length, { filename: 'left.png' }))
    const old = on.placeOf(await on.begin(data.length, { filename: 'old.png' }))
    const file = (url: string) => join(on.folder(), url.split('/').at(-1)!)
    await writeFile(file(place), data)
    const weekAgo = new Date(Date.now() - 8 * 24 * 3_600_000)
    for (const name of [file(old), `${file(old)}.json`]) await utimes(name, weekAgo, weekAgo)
    await new Uploads(on.server.ports, '/api/uploads').tidyUp()
    expect(await on.fields()).toMatchObject([{ fileName: 'left.png', number: 1 }])
    expect([existsSync(file(place)), existsSync(file(old)), existsSync(`${file(old)}.json`)]).toEqual([
      false,
      false,
      false,
    ])
    // As if the server had ended between the row and the end of the upload.
    await writeFile(file(place), data)
    await new Uploads(on.server.ports, '/api/uploads').tidyUp()
    expect([(await on.fields()).length, await on.faults()]).toEqual([1, []])
  })

  test('asks for the file again when the store fails, and takes it then', async () => {
    const data = await png(50)
    const place = on.placeOf(await on.begin(data.length, { filename: 'a.png' }))
    const images = join(on.server.ports.config.dataFolder, 'images')
    await rm(images, { recursive: true, force: true })
    await writeFile(images, 'no folder')
    const failed = await on.send(place, 0, data)
    expect([failed.status, JSON.parse(await failed.text()).code]).toEqual([500, 'UNEXPECTED'])
    expect((await on.ask(place)).headers.get('upload-offset')).toBe('0')
    await rm(images)
    expect((await on.send(place, 0, data)).status).toBe(204)
    expect([(await on.fields()).length, await on.faults()]).toEqual([1, []])
  })
})
