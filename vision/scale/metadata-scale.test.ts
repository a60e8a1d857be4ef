import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImage } from '../decode.ts'
import { scaleFromTiff } from './metadata-scale.ts'
import { readTiffTags } from './tiff-tags.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'scale-'))
})
afterAll(() => rm(dir, { recursive: true }))

const blank = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })

async function scaleOf(name: string, content: Buffer): Promise<number | undefined> {
  const path = join(dir, name)
  await writeFile(path, content)
  return (await openImage(path)).umPerPixel
}

describe('resolution tags', () => {
  const dpiOf = (umPerPixel: number) => 25400 / umPerPixel
  it.each([0.06, 0.1, 0.25, 1])('%f µm per pixel is a scale in JPEG, PNG and TIFF', async (umPerPixel) => {
    const density = dpiOf(umPerPixel)
    const perMm = 1000 / umPerPixel
    const tiff = await blank().tiff({ xres: perMm, yres: perMm, resolutionUnit: 'cm' }).toBuffer()
    expect(await scaleOf('a.tif', tiff)).toBeCloseTo(umPerPixel, 6)
    expect(await scaleOf('a.png', await blank().withMetadata({ density }).png().toBuffer())).toBeCloseTo(
      umPerPixel,
      3,
    )
    if (density < 65536) {
      expect(await scaleOf('a.jpg', await blank().withMetadata({ density }).jpeg().toBuffer())).toBeCloseTo(
        umPerPixel,
        3,
      )
    }
  })

  it.each([72, 96, 300, 1200])('%i dots per inch is none', async (density) => {
    expect(await scaleOf('a.jpg', await blank().withMetadata({ density }).jpeg().toBuffer())).toBeUndefined()
    expect(await scaleOf('a.png', await blank().withMetadata({ density }).png().toBuffer())).toBeUndefined()
    const tiff = blank().tiff({ xres: density / 25.4, yres: density / 25.4, resolutionUnit: 'inch' })
    expect(await scaleOf('a.tif', await tiff.toBuffer())).toBeUndefined()
  })

  it('no tags, no scale', async () => {
    expect(await scaleOf('a.webp', await blank().webp().toBuffer())).toBeUndefined()
    expect(await scaleOf('a.png', await blank().png().toBuffer())).toBeUndefined()
  })
})

describe('image descriptions', () => {
  const tags = (description: string, xResolution?: number, resolutionUnit = 1) =>
    scaleFromTiff({ description, xResolution, resolutionUnit, cutShort: false })
  const ome = (attributes: string) => `<?xml version="1.0"?><OME><Image><Pixels ${attributes}/></Image></OME>`

  it.each([
    [ome('PhysicalSizeX="0.25" PhysicalSizeY="0.25"'), 0.25],
    [ome('PhysicalSizeX="250" PhysicalSizeXUnit="nm"'), 0.25],
    [ome('PhysicalSizeXUnit="mm" PhysicalSizeX="2.5e-4"'), 0.25],
    [ome('PhysicalSizeX="0.25" PhysicalSizeXUnit="µm"'), 0.25],
    [ome('PhysicalSizeX="0.25" PhysicalSizeXUnit="&#181;m"'), 0.25],
    [ome('PhysicalSizeX="0.25" PhysicalSizeXUnit="pixel"'), undefined],
    [ome('PhysicalSizeX="35"'), undefined],
    ['Aperio Image Library v11\n46000x32914 -> |AppMag = 40|MPP = 0.2498|Left = 25', 0.2498],
    ['Aperio Image Library v11 |AppMag = 40', undefined],
    ['a photograph', undefined],
  ])('%s', (description, expected) => {
    expect(tags(description)).toEqual(expected === undefined ? undefined : expect.closeTo(expected, 9))
  })

  it.each(['micron', 'um', 'µm', '\\u00B5m', 'microns'])('ImageJ in %s', (unit) => {
    expect(tags(`ImageJ=1.54f\nunit=${unit}\nmin=0`, 10)).toBeCloseTo(0.1, 9)
  })

  it('ImageJ in inches at 72 dots is no scale', () => {
    expect(tags('ImageJ=1.54f\nunit=inch\n', 72)).toBeUndefined()
    expect(tags('ImageJ=1.54f\n', 10)).toBeUndefined()
  })
})

describe('readTiffTags', () => {
  it.each([
    ['classic, little endian', true, false],
    ['classic, big endian', false, false],
    ['BigTIFF, little endian', true, true],
    ['BigTIFF, big endian', false, true],
  ])('%s', async (_, little, big) => {
    const description = 'ImageJ=1.54f\nunit=micron\n'
    const path = join(dir, 'tags.tif')
    const content = tiffHead(description, [80000, 10000], little, big)
    await writeFile(path, content)
    expect(await readTiffTags(path)).toEqual({
      description,
      xResolution: 8,
      resolutionUnit: 1,
      cutShort: false,
    })
    await writeFile(path, content.subarray(0, content.length - 1))
    expect((await readTiffTags(path)).cutShort).toBe(true)
    await writeFile(path, content.subarray(0, 20))
    expect((await readTiffTags(path)).cutShort).toBe(true)
  })
})

/** A first directory with ImageDescription, XResolution and ResolutionUnit, and no pixels. */
function tiffHead(text: string, [top, bottom]: [number, number], little: boolean, big: boolean): Buffer {
  const size = big ? 8 : 4
  const out = Buffer.alloc(500)
  const write = (value: number, at: number, bytes: number) => {
    const number = Buffer.alloc(8)
    if (little) number.writeBigUInt64LE(BigInt(value))
    else number.writeBigUInt64BE(BigInt(value))
    number.copy(out, at, little ? 0 : 8 - bytes, little ? bytes : 8)
  }
  out.write(little ? 'II' : 'MM', 0, 'latin1')
  write(big ? 43 : 42, 2, 2)
  if (big) write(8, 4, 2)
  const directory = big ? 16 : 8
  write(directory, size, size)
  write(3, directory, big ? 8 : 2)
  let at = directory + (big ? 8 : 2)
  let data = 200
  const entry = (tag: number, type: number, count: number, put: (at: number) => number, length: number) => {
    write(tag, at, 2)
    write(type, at + 2, 2)
    write(count, at + 4, size)
    if (length > size) write(data, at + 4 + size, size)
    put(length > size ? data : at + 4 + size)
    if (length > size) data += length
    at += 4 + 2 * size
  }
  entry(270, 2, text.length + 1, (p) => out.write(text, p, 'latin1'), text.length + 1)
  const rational = (p: number) => {
    write(top, p, 4)
    write(bottom, p + 4, 4)
    return 8
  }
  entry(282, 5, 1, rational, 8)
  const unit = (p: number) => {
    write(1, p, 2)
    return 2
  }
  entry(296, 3, 1, unit, 2)
  return out.subarray(0, Math.max(at, data))
}
