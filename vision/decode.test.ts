import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decode, imageFromRaster, MAX_PIXELS, openImage } from './decode.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'decode-'))
})
afterAll(() => rm(dir, { recursive: true }))

const WIDTH = 48
const HEIGHT = 32

/** Left half dark purple, right half pale, with a red corner at the top left to tell which way is up. */
function picture(): Buffer {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const colour = x < 8 && y < 8 ? [200, 0, 0] : x < WIDTH / 2 ? [90, 30, 140] : [230, 220, 225]
      data.set(colour, (y * WIDTH + x) * 3)
    }
  }
  return data
}

const drawn = (): Sharp => sharp(picture(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })

/** Noise does not compress, so that cutting the file anywhere cuts pixels. */
function noise(): Sharp {
  const data = Buffer.from(Array.from({ length: 96 * 96 * 3 }, (_, i) => (i * 2654435761) >>> 24))
  return sharp(data, { raw: { width: 96, height: 96, channels: 3 } })
}

async function save(name: string, content: Buffer | Sharp): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, 'toBuffer' in content ? await content.toBuffer() : content)
  return path
}

async function pixelsOf(name: string, content: Buffer | Sharp) {
  const image = await openImage(await save(name, content))
  const raster = await decode(image)
  expect([raster.width, raster.height]).toEqual([image.width, image.height])
  expect(raster.data.length).toBe(image.width * image.height * 3)
  return (x: number, y: number) => [...raster.data.subarray((y * raster.width + x) * 3).subarray(0, 3)]
}

function expectNear(actual: number[], expected: number[], tolerance: number) {
  for (const [i, value] of expected.entries())
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(tolerance)
}

describe('decode', () => {
  const formats: [string, () => Sharp, number][] = [
    ['a.png', () => drawn().png(), 0],
    ['a.jpg', () => drawn().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }), 4],
    ['a.webp', () => drawn().webp({ lossless: true }), 0],
    ['lzw.tif', () => drawn().tiff({ compression: 'lzw' }), 0],
    ['tiled.tif', () => drawn().tiff({ compression: 'deflate', tile: true, pyramid: true }), 0],
    ['jpeg-named.png', () => drawn().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }), 4],
  ]
  it.each(formats)('reads %s', async (name, make, tolerance) => {
    const at = await pixelsOf(name, make())
    expectNear(at(4, 4), [200, 0, 0], tolerance)
    expectNear(at(12, 20), [90, 30, 140], tolerance)
    expectNear(at(40, 20), [230, 220, 225], tolerance)
  })

  it.each(['16.png', '16.tif'])('scales 16 bit down to 8: %s', async (name) => {
    const deep = drawn().toColourspace('rgb16')
    const at = await pixelsOf(name, name.endsWith('png') ? deep.png() : deep.tiff({ compression: 'lzw' }))
    expectNear(at(12, 20), [90, 30, 140], 1)
    expectNear(at(40, 20), [230, 220, 225], 1)
  })

  it.each([8, 16])('spreads %i-bit grey over three channels', async (bits) => {
    const grey = drawn().toColourspace(bits === 16 ? 'grey16' : 'b-w')
    const at = await pixelsOf(`grey${bits}.png`, grey.png())
    const [r, g, b] = at(40, 20)
    expect([g, b]).toEqual([r, r])
    expect(Math.abs(r! - 222)).toBeLessThanOrEqual(3)
  })

  it('lays transparency on white', async () => {
    const clear = sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
    })
    const at = await pixelsOf('alpha.png', clear.png())
    expectNear(at(3, 3), [127, 127, 127], 1)
  })

  it('turns CMYK into colours that look the same', async () => {
    const cmyk = drawn().toColourspace('cmyk').jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
    const at = await pixelsOf('cmyk.jpg', cmyk)
    expectNear(at(40, 20), [230, 220, 225], 12)
    const [red, green, blue] = at(12, 20)
    expect(blue! > red! && red! > green!).toBe(true)
  })

  it('converts an embedded colour profile to sRGB', async () => {
    const profile = await drawn().withIccProfile('p3').png().toBuffer()
    expect((await sharp(profile).metadata()).icc).toBeDefined()
    const at = await pixelsOf('p3.png', profile)
    expectNear(at(40, 20), [230, 220, 225], 3)
    expectNear(at(12, 20), [90, 30, 140], 3)
  })

  it('respects every EXIF orientation', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const path = await save(
        `exif-${orientation}.jpg`,
        drawn().withMetadata({ orientation }).jpeg({ quality: 98, chromaSubsampling: '4:4:4' }),
      )
      const image = await openImage(path)
      expect([image.width, image.height]).toEqual(orientation < 5 ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH])
      const { data, width, height } = await decode(image)
      const corners = [[3, 3], [width - 4, 3], [width - 4, height - 4], [3, height - 4]] // biome-ignore format: pairs
      const red = corners.findIndex(([x, y]) => data[(y! * width + x!) * 3 + 1]! < 10)
      expect(red).toBe([0, 1, 2, 3, 0, 1, 2, 3][orientation - 1])
    }
  })

  it('resizes on the way', async () => {
    const image = await openImage(await save('resize.png', drawn().png()))
    const raster = await decode(image, (p) => p.resize(24, 16, { fit: 'fill' }))
    expect([raster.width, raster.height, raster.data.length]).toEqual([24, 16, 24 * 16 * 3])
  })

  it('hands back a raster in memory unchanged', async () => {
    const data = new Uint8Array(picture())
    const image = imageFromRaster({ data, width: WIDTH, height: HEIGHT }, 'drawn', 0.1)
    expect(new Uint8Array((await decode(image)).data)).toEqual(data)
    expect(image.umPerPixel).toBe(0.1)
  })
})

describe('bad input', () => {
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'no error',
      (error) => `${error.code}`,
    )
  const read = async (path: string) => decode(await openImage(path))

  it.each([
    ['empty.png', ''],
    ['text.jpg', 'this is not an image, only named like one'],
    ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  ])('%s is not decodable', async (name, text) => {
    const path = await save(name, Buffer.from(text))
    const error = await openImage(path).catch((e) => e)
    expect(error.code).toBe('FIELD_NOT_DECODABLE')
    expect(error.file).toBe(path)
    expect(error.message).toContain(path)
  })

  it('says when a file is missing or is a folder', async () => {
    expect(await codeOf(openImage(join(dir, 'nowhere.png')))).toBe('FIELD_NOT_FOUND')
    expect(await codeOf(openImage(dir))).toBe('FIELD_NOT_READABLE')
  })

  const whole: [string, () => Sharp][] = [
    ['jpg', () => noise().jpeg({ quality: 95 })],
    ['progressive.jpg', () => noise().jpeg({ quality: 95, progressive: true })],
    ['png', () => noise().png()],
    ['webp', () => noise().webp({ quality: 95 })],
    ['lzw.tif', () => noise().tiff({ compression: 'lzw' })],
    ['raw.tif', () => noise().tiff({ compression: 'none' })],
    ['jpeg.tif', () => noise().tiff({ compression: 'jpeg' })],
  ]
  it.each(whole)('a %s cut short anywhere is told, never read as whole', async (name, make) => {
    const content = await make().toBuffer()
    expect(await codeOf(read(await save(`whole.${name}`, content)))).toBe('no error')
    for (const part of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98]) {
      const path = await save(`cut.${name}`, content.subarray(0, Math.floor(content.length * part)))
      expect([part, await codeOf(read(path))]).toEqual([part, 'FIELD_TRUNCATED'])
    }
  })

  it('a damaged image of full length is not decodable', async () => {
    const content = await noise().png().toBuffer()
    content.fill(7, 60, 400)
    expect(await codeOf(read(await save('damaged.png', content)))).toBe('FIELD_NOT_DECODABLE')
  })

  it('refuses more than 200 megapixels before decoding', async () => {
    const header = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    header.writeUInt32BE(20_001, 16)
    header.writeUInt32BE(MAX_PIXELS / 20_000, 20)
    const image = openImage(await save('large.png', header))
    await expect(image).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  })
})
