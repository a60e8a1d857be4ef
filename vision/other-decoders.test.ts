/** Formats that have a decoder of their own, made by the library that also reads them or by hand. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { decode, openImage, openWarnings } from './decode.ts'
import { kindOfFile } from './file-kind.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'other-'))
})
afterAll(() => rm(dir, { recursive: true }))

const { data, width, height } = drawField({ seed: 4, width: 61, height: 43, umPerPixel: 0.4, cells: 1 })

async function read(content: Uint8Array, name: string) {
  const path = join(dir, name)
  await writeFile(path, content)
  const image = await openImage(path)
  const raster = await decode(image)
  expect([image.width, image.height, raster.width, raster.height]).toEqual([width, height, width, height])
  return { raster, warnings: await openWarnings(image) }
}
const worst = (a: Uint8Array, b: ArrayLike<number>) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
const codeOf = (content: Uint8Array, name: string) =>
  read(content, name).then(
    () => 'read',
    ({ code }) => code,
  )

/** A bitmap (BITMAPINFOHEADER), rows from the bottom or, with a negative height, from the top; of 8 bits the reds, as greys. */
function bitmap(bits: 8 | 24 | 32, fromTop = false): Buffer {
  const bytes = bits / 8
  const row = Math.ceil((width * bytes) / 4) * 4
  const palette =
    bits === 8 ? Buffer.from(Array.from({ length: 256 }, (_, v) => [v, v, v, 0]).flat()) : Buffer.alloc(0)
  const head = Buffer.alloc(54)
  const rows = Buffer.alloc(row * height)
  const begin = head.length + palette.length
  head.write('BM', 'latin1')
  head.writeUInt32LE(begin + rows.length, 2)
  head.writeUInt32LE(begin, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(width, 18)
  head.writeInt32LE(fromTop ? -height : height, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(bits, 28)
  for (let y = 0; y < height; y++) {
    const to = row * (fromTop ? y : height - 1 - y)
    for (let x = 0; x < width; x++) {
      const rgb = data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)
      rows.set(bits === 8 ? [rgb[0]!] : [rgb[2]!, rgb[1]!, rgb[0]!], to + x * bytes)
    }
  }
  return Buffer.concat([head, palette, rows])
}

describe('BMP', () => {
  it.each([
    [24, false],
    [24, true],
    [32, false],
    [8, false],
    [8, true],
  ] as const)('%i bits, rows from the top: %s', async (bits, fromTop) => {
    const { raster, warnings } = await read(bitmap(bits, fromTop), 'a.bmp')
    const wanted = bits === 8 ? data.map((_, i) => data[i - (i % 3)]!) : data
    expect(worst(raster.data, wanted)).toBe(0)
    expect(warnings).toEqual([])
  })

  it('cut short is told; a text that begins with BM is none', async () => {
    const content = bitmap(24)
    for (const part of [0.1, 0.5, 0.99])
      expect(await codeOf(content.subarray(0, part * content.length), 'cut.bmp')).toBe('FIELD_TRUNCATED')
    await writeFile(join(dir, 'text'), 'BM 12/07: slide 3, read by two readers')
    expect(await kindOfFile(join(dir, 'text'))).toBeUndefined()
  })
})

describe('JPEG XL', () => {
  it('is read, and cut short it is told', async () => {
    const require = createRequire(import.meta.url)
    const { default: encode, init } = await import('@jsquash/jxl/encode.js')
    const wasm = await WebAssembly.compile(
      await readFile(require.resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm')),
    )
    await (init as unknown as (module: object) => Promise<unknown>)(wasm)
    const rgba = await sharp(data, { raw: { width, height, channels: 3 } })
      .ensureAlpha()
      .raw()
      .toBuffer()
    const picture = { data: new Uint8ClampedArray(rgba), width, height, colorSpace: 'srgb' } as never
    const content = new Uint8Array(await encode(picture, { lossless: true }))
    expect(worst((await read(content, 'a.jxl')).raster.data, data)).toBe(0)
    for (const part of [0.1, 0.5, 0.9])
      expect(await codeOf(content.subarray(0, part * content.length), 'cut.jxl')).toMatch(
        /^FIELD_(NOT_DECODABLE|TRUNCATED)$/,
      )
  })
})

it('AVIF is read', async () => {
  const content = await sharp(data, { raw: { width, height, channels: 3 } }).avif({ lossless: true, chromaSubsampling: '4:4:4' }).toBuffer() // biome-ignore format: one line
  expect(worst((await read(content, 'a.avif')).raster.data, data)).toBeLessThanOrEqual(3)
})
