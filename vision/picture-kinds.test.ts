/** Files as cameras and programs write them, made anew from a seed; the issue in brackets is where somebody met one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp, { type Sharp, type TiffOptions } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawField, seededRandom } from '../testkit/index.ts'
import { decode, openImage, openWarnings, type Raster } from './decode.ts'
import { type WrittenPage, writeTiff } from './fixtures/write-tiff.ts'

const seed = 17
const runs = { seed, numRuns: 25 }
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinds-'))
})
afterAll(() => rm(dir, { recursive: true }))

const [width, height] = [23, 17]
const pixels = width * height

/** Colours over the whole range, white at least once, as a field has it. */
function colours(from: number): Uint8Array {
  const random = seededRandom(from)
  const data = Uint8Array.from({ length: pixels * 3 }, () => random.int(0, 255))
  return data.fill(255, 0, 3)
}

let files = 0
async function read(content: Buffer, ending = 'tif') {
  const path = join(dir, `${files++}.${ending}`)
  await writeFile(path, content)
  const image = await openImage(path)
  const raster = await decode(image)
  // Resized on the way it is the same picture.
  const half = (picture: Sharp) => picture.resize(9, 7, { fit: 'fill' })
  const size = { width: raster.width, height: raster.height, channels: 3 } as const
  const wanted = await half(sharp(raster.data, { raw: size }))
    .raw()
    .toBuffer()
  expectNear(await decode(image, half), wanted, 6)
  expect([image.width, image.height]).toEqual([raster.width, raster.height])
  return { image, raster, warnings: await openWarnings(image) }
}

const refusal = (content: Buffer, ending?: string) =>
  read(content, ending).then(
    () => 'read',
    ({ code, message }) => ({ code, message }),
  )

function expectNear({ data }: Raster, wanted: ArrayLike<number>, tolerance: number) {
  expect(data.length).toBe(wanted.length)
  let worst = 0
  for (let i = 0; i < data.length; i++) worst = Math.max(worst, Math.abs(data[i]! - wanted[i]!))
  expect(worst).toBeLessThanOrEqual(tolerance)
}

const page = (from: number, more: Partial<WrittenPage> = {}): WrittenPage => ({
  ...{ width, height, samples: 3, values: colours(from) },
  ...more,
})
const scaled = (from: number, white: number) =>
  Array.from(colours(from), (v) => Math.round((v / 255) * white))

describe('depth', () => {
  it('fewer bits than the file holds fill the brightness, and it is said [sharp#3929, pypylon#804]', async () => {
    const depth = fc.constantFrom(8, 10, 12, 14)
    await fc.assert(
      fc.asyncProperty(fc.nat(), depth, fc.boolean(), fc.boolean(), async (from, bits, little, png) => {
        const values = scaled(from, 2 ** bits - 1)
        const content = png
          ? await sharp(Uint16Array.from(values), { raw: { width, height, channels: 3 } })
              .toColourspace('rgb16')
              .png()
              .toBuffer()
          : writeTiff([page(from, { values, bits: 16 })], little)
        const { raster, warnings } = await read(content, png ? 'png' : 'tif')
        expectNear(raster, colours(from), 1)
        expect(warnings).toEqual(['LEVELS_STRETCHED'])
      }),
      runs,
    )
  })

  it('also where 0 is white', async () => {
    const values = scaled(4, 4095).filter((_, i) => i % 3 === 0)
    const inverted = page(4, { samples: 1, values: values.map((v) => 4095 - v), bits: 16, photometric: 0 })
    const { raster, warnings } = await read(writeTiff([inverted]))
    expectNear(raster, values.flatMap((v) => Array(3).fill((v / 4095) * 255)), 1) // biome-ignore format: one line
    expect(warnings).toEqual(['LEVELS_STRETCHED'])
  })

  it('what the file says goes before its values, where they fit', async () => {
    const ome = '<OME><Image><Pixels SizeC="3" SignificantBits="12"/></Image></OME>'
    const dark = scaled(3, 1000)
    const said = await read(writeTiff([page(3, { values: dark, bits: 16, description: ome })]))
    expectNear(said.raster, dark.map((v) => (v / 4095) * 255), 1) // biome-ignore format: one line
    const wrong = await read(writeTiff([page(3, { values: scaled(3, 16383), bits: 16, description: ome })]))
    expectNear(wrong.raster, colours(3), 1)
  })

  it('full depth is read as it is, without a word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), fc.constantFrom(8, 16), async (from, little, bits) => {
        const values = scaled(from, 2 ** bits - 1)
        const { raster, warnings } = await read(
          writeTiff([page(from, { values, bits: bits as 8 | 16 })], little),
        )
        expectNear(raster, colours(from), 1)
        expect(warnings).toEqual([])
      }),
      runs,
    )
  })

  it('12 bits packed, where they are grey', async () => {
    const values = scaled(5, 4095).filter((_, i) => i % 3 === 0)
    for (const little of [true, false]) {
      const { raster } = await read(writeTiff([page(5, { samples: 1, values, bits: 12 })], little))
      expectNear(raster, values.flatMap((v) => Array(3).fill((v / 4095) * 255)), 1) // biome-ignore format: one line
    }
    const told = await refusal(writeTiff([page(5, { values: scaled(5, 4095), bits: 12 })]))
    expect(told).toMatchObject({ code: 'FIELD_SAMPLES_NOT_READ' })
  })

  it('numbers with sign, of 32 bits and of floating point [sharp#3929, serenity#23519]', async () => {
    const kinds = fc.constantFrom<[Partial<WrittenPage>, number]>(
      [{ bits: 16, format: 'signed' }, 32767],
      [{ bits: 16, format: 'signed' }, 4095],
      [{ bits: 8, format: 'signed' }, 127],
      [{ bits: 32, format: 'signed' }, 255],
      [{ bits: 32 }, 255],
      [{ bits: 32 }, 65535],
      [{ bits: 32 }, 2 ** 32 - 1],
      [{ bits: 32, format: 'float' }, 255],
      [{ bits: 32, format: 'float' }, 4095],
      [{ bits: 32, format: 'float' }, 65535],
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(), kinds, fc.boolean(), async (from, [kind, white], little) => {
        const { raster, warnings } = await read(
          writeTiff([page(from, { ...kind, values: scaled(from, white) })], little),
        )
        expectNear(raster, colours(from), kind.bits === 8 ? 2 : 1)
        expect(warnings).toEqual(white === 2 ** 32 - 1 ? [] : ['LEVELS_STRETCHED'])
      }),
      runs,
    )
    const float = { bits: 32, format: 'float' } as const
    const values = Array.from(colours(9), (v) => v / 255)
    expectNear((await read(writeTiff([page(9, { ...float, values })]))).raster, colours(9), 0)
  })

  it.each([
    ['below 0', -40],
    ['that are no numbers', Number.NaN],
    ['that are no numbers', Number.POSITIVE_INFINITY],
    ['up to 1000000000000', 1e12],
  ])('values %s are refused with what to do', async (why, value) => {
    const values = [value, ...scaled(2, 255).slice(1)]
    const told = await refusal(writeTiff([page(2, { values, bits: 32, format: 'float' })]))
    expect(told).toMatchObject({
      code: 'FIELD_SAMPLES_NOT_READ',
      message: expect.stringMatching(`${why}.*; save it`),
    })
  })
})

describe('the way that samples are laid down', () => {
  it('each colour by itself is the same picture', async () => {
    const kinds = fc.constantFrom<[Partial<WrittenPage>, number]>(
      [{}, 255],
      [{ bits: 16 }, 65535],
      [{ bits: 16 }, 4095],
      [{ bits: 16, format: 'signed' }, 4095],
      [{ bits: 32 }, 65535],
      [{ bits: 32, format: 'float' }, 255],
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(), kinds, fc.boolean(), async (from, [kind, white], little) => {
        const values = scaled(from, white)
        const { raster } = await read(writeTiff([page(from, { ...kind, values, planar: true })], little))
        expectNear(raster, colours(from), 1)
      }),
      runs,
    )
  })

  it('tiles, compressions, differences and large files change nothing', async () => {
    const way = fc.record({
      compression: fc.constantFrom<TiffOptions['compression']>('none', 'lzw', 'deflate', 'packbits'),
      predictor: fc.constantFrom<TiffOptions['predictor']>('none', 'horizontal'),
      tile: fc.boolean(),
      bigtiff: fc.boolean(),
    })
    const depth = fc.constantFrom(255, 4095, 65535)
    await fc.assert(
      fc.asyncProperty(fc.nat(), way, depth, async (from, { tile, ...how }, white) => {
        const values = scaled(from, white)
        const data = white === 255 ? Uint8Array.from(values) : Uint16Array.from(values)
        const picture = sharp(data, { raw: { width, height, channels: 3 } })
        const content = await (white === 255 ? picture : picture.toColourspace('rgb16'))
          .tiff({ ...how, ...(tile && { tile, tileWidth: 16, tileHeight: 16 }) })
          .toBuffer()
        const { raster, warnings } = await read(content)
        expectNear(raster, colours(from), 1)
        expect(warnings).toEqual(white === 4095 ? ['LEVELS_STRETCHED'] : [])
      }),
      { ...runs, numRuns: 40 },
    )
  })
})

describe('transparency', () => {
  it('opaque is what a program writes for it: the top of the samples, of the colours or of a byte', async () => {
    const whites = fc.constantFrom(1023, 4095, 65535)
    const tops = fc.constantFrom(255, 1023, 4095, 65535)
    await fc.assert(
      fc.asyncProperty(fc.nat(), whites, tops, fc.boolean(), async (from, white, top, png) => {
        const values = scaled(from, white).flatMap((v, i) => (i % 3 === 2 ? [v, top] : [v]))
        const content = png
          ? await sharp(Uint16Array.from(values), { raw: { width, height, channels: 4 } })
              .toColourspace('rgb16')
              .png()
              .toBuffer()
          : writeTiff([page(from, { samples: 4, values, extraSamples: [2], bits: 16 })])
        const { raster } = await read(content, png ? 'png' : 'tif')
        expectNear(raster, colours(from), 1)
      }),
      runs,
    )
  })

  it('hides no colours either where they count as multiplied by it', async () => {
    const values = scaled(4, 255).flatMap((v, i) => (i % 3 === 2 ? [v, 0] : [v]))
    const { raster, warnings } = await read(writeTiff([page(4, { samples: 4, values, extraSamples: [1] })]))
    expectNear(raster, colours(4), 0)
    expect(warnings).toEqual(['TRANSPARENCY_IGNORED'])
  })

  it('nothing but transparency hides no colours [visit#668, oculante#178]', async () => {
    const rgba = (from: number, alpha: number, full = 255) =>
      scaled(from, full).flatMap((v, i) => (i % 3 === 2 ? [v, alpha] : [v]))
    const made = fc.constantFrom('tif', 'tif16', 'png', 'webp')
    await fc.assert(
      fc.asyncProperty(fc.nat(), made, async (from, kind) => {
        const deep = kind === 'tif16'
        const values = rgba(from, 0, deep ? 65535 : 255)
        const raw = { raw: { width, height, channels: 4 } } as const
        const content = kind.startsWith('tif')
          ? writeTiff([page(from, { samples: 4, values, extraSamples: [2], bits: deep ? 16 : 8 })])
          : kind === 'png'
            ? await sharp(Uint8Array.from(values), raw).png().toBuffer()
            : await sharp(Uint8Array.from(values), raw).webp({ lossless: true, exact: true }).toBuffer()
        const { raster, warnings } = await read(content, kind.slice(0, 4))
        expectNear(raster, colours(from), 1)
        expect(warnings).toEqual(['TRANSPARENCY_IGNORED'])
      }),
      runs,
    )
    const extra = await read(writeTiff([page(4, { samples: 4, values: rgba(4, 99), extraSamples: [0] })]))
    expectNear(extra.raster, colours(4), 0)
    const half = await read(writeTiff([page(4, { samples: 4, values: rgba(4, 128), extraSamples: [2] })]))
    expect(half.warnings).toEqual(['TRANSPARENCY_ON_WHITE'])
    const opaque = await read(writeTiff([page(4, { samples: 4, values: rgba(4, 255), extraSamples: [2] })]))
    expectNear(opaque.raster, colours(4), 0)
    expect(opaque.warnings).toEqual([])
  })
})

describe('pages', () => {
  const small = (from: number, more: Partial<WrittenPage> = {}) =>
    page(from, { width: 5, height: 4, values: colours(from).slice(0, 60), ...more })

  it('small copies are passed over, fields that are left out are said [libtiff.net#118, ruby-vips#112]', async () => {
    const copies = fc.array(fc.constant('copy'), { maxLength: 2 })
    const rest = fc.array(fc.constantFrom('copy', 'field', 'smaller field'), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.nat(), copies, rest, fc.boolean(), async (from, before, after, little) => {
        const other = (kind: string) =>
          kind === 'field' ? page(from + 1) : small(from, kind === 'copy' ? { subfile: 1 } : {})
        const pages = [...before.map(other), page(from), ...after.map(other)]
        const { raster, warnings } = await read(writeTiff(pages, little))
        expectNear(raster, colours(from), 0)
        expect(warnings).toEqual(after.some((kind) => kind !== 'copy') ? ['PAGES_LEFT_OUT'] : [])
      }),
      runs,
    )
  })

  const grey = (from: number, c: number, description?: string): WrittenPage =>
    page(from, {
      samples: 1,
      values: colours(from).filter((_, i) => i % 3 === c),
      ...(description ? { description } : {}),
    })
  const channels = (colour: readonly string[]) =>
    `<?xml version="1.0"?><OME><Image><Pixels SizeC="3" SizeT="1" SizeZ="1">${colour.join('')}</Pixels></Image></OME>`

  it('red, green and blue as pages are one picture where the file says so [libvips#1365]', async () => {
    const named = ['Red', 'Green', 'Blue'].map((name) => `<Channel ID="${name}" Name="${name}"/>`)
    const coloured = ['-16776961', '16711935', '65535'].map((colour) => `<Channel Color="${colour}"/>`)
    const order = fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0])
    const xml = fc.constantFrom(named, coloured)
    await fc.assert(
      fc.asyncProperty(fc.nat(), order, xml, async (from, as, names) => {
        const description = channels(as.map((c) => names[c]!))
        const pages = as.map((c, i) => grey(from, c, i === 0 ? description : undefined))
        const { raster, warnings } = await read(writeTiff(pages))
        expectNear(raster, colours(from), 0)
        expect(warnings).toEqual([])
      }),
      runs,
    )
    const imageJ = 'ImageJ=1.54f\nimages=3\nchannels=3\nmode=composite\n'
    const pages = [0, 1, 2].map((c) => grey(6, c, c === 0 ? imageJ : undefined))
    expectNear((await read(writeTiff(pages))).raster, colours(6), 0)
    const stack = await read(writeTiff([{ ...page(6), description: 'ImageJ=1.54f\nimages=40\nslices=40\n' }]))
    expect(stack.warnings).toEqual(['PAGES_LEFT_OUT'])
    const unsaid = await read(writeTiff([0, 1, 2].map((c) => grey(6, c))))
    expect(unsaid.warnings).toEqual(['PAGES_LEFT_OUT'])
  })
})

describe('colour profiles', () => {
  it('a profile at 16 bits gives the colours that it gives at 8 [sharp#3760, #4008]', async () => {
    const {
      data,
      width: w,
      height: h,
    } = drawField({ seed, width: 60, height: 40, umPerPixel: 0.4, cells: 1 })
    const raw = { raw: { width: w, height: h, channels: 3 } } as const
    for (const profile of ['srgb', 'p3']) {
      const shallow = await sharp(data, raw).withIccProfile(profile).png().toBuffer()
      const { icc, ...eight } = await sharp(shallow).metadata()
      const stored = await sharp(shallow, { ignoreIcc: true }).raw().toBuffer()
      expect(eight.depth).toBe('uchar')
      const wanted = (await read(shallow, 'png')).raster
      const deep = {
        width: w,
        height: h,
        samples: 3,
        bits: 16,
        values: Array.from(stored, (v) => v * 257),
      } as const
      const { raster, warnings } = await read(writeTiff([{ ...deep, icc: icc! }]))
      expectNear(raster, wanted.data, 2)
      expect(warnings).toEqual([])
      const stretched = Array.from(stored, (v) => Math.round((v / 255) * 4095))
      expectNear((await read(writeTiff([{ ...deep, values: stretched, icc: icc! }]))).raster, wanted.data, 3)
    }
  })
})

it('a picture is upright however its numbers are read', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const plain = await read(writeTiff([page(8, { orientation })]))
    const signed = { orientation, bits: 16, format: 'signed', values: scaled(8, 32767) } as const
    const other = await read(writeTiff([page(8, signed)]))
    expect([other.image.width, other.image.height]).toEqual([plain.image.width, plain.image.height])
    expectNear(other.raster, plain.raster.data, 1)
  }
})
