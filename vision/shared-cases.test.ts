/**
 * The files that people had trouble with (cases/fields and cases/mixed-folder beside the image data), each with what is
 * right for it. Skipped where they are not there: they hold a photograph, so they are no part of the repository.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decode, openImage, openWarnings, type Raster } from './decode.ts'

const data = process.env.MARROWSCOPE_DATA
const cases = data === undefined ? undefined : join(data, '../cases')
const there = cases !== undefined && existsSync(join(cases, 'fields'))
if (!there) console.warn('the files of cases/ beside MARROWSCOPE_DATA are not there: their tests are skipped')

describe.skipIf(!there)('files that went wrong', () => {
  const field = (name: string) => join(cases!, 'fields', name)
  let reference: Raster
  let dir: string
  beforeAll(async () => {
    reference = await decode(await openImage(field('crop-reference.png')))
    dir = await mkdtemp(join(tmpdir(), 'cases-'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  it.each([
    ['tiff-12bit-in-16.tif', 1, ['LEVELS_STRETCHED']],
    ['ome-channels-as-pages.ome.tif', 0, []],
    ['tiff-two-fields.tif', 0, ['PAGES_LEFT_OUT']],
    ['tiff-thumbnail-first.tif', 0, []],
    ['tiff-rgba-alpha0.tif', 0, ['TRANSPARENCY_IGNORED']],
    ['png-rgba-alpha0.png', 0, ['TRANSPARENCY_IGNORED']],
    ['tiff-float01.tif', 0, ['LEVELS_STRETCHED']],
    ['tiff-float255.tif', 0, ['LEVELS_STRETCHED']],
    ['tiff-int16.tif', 1, ['LEVELS_STRETCHED']],
    ['icc-srgb16.tif', 1, []],
    ['icc-linear16.tif', 1, []],
    ['tiff-comp-zstd.tif', 0, []],
    ['tiff-comp-lerc.tif', 0, []],
  ])('%s shows the pixels of the reference within %i', async (name, tolerance, warnings) => {
    const image = await openImage(field(name))
    const { data: pixels, width, height } = await decode(image)
    expect([width, height]).toEqual([260, 200])
    const worst = pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - reference.data[i]!)), 0)
    expect(worst).toBeLessThanOrEqual(tolerance)
    expect(await openWarnings(image)).toEqual(warnings)
  })

  it.each([
    ['tiff-comp-jpeg2000.tif', 'FIELD_COMPRESSION_NOT_READ', /JPEG 2000.*save it with LZW/],
    ['tiff-comp-aperio-jp2k.tif', 'FIELD_COMPRESSION_NOT_READ', /JPEG 2000.*save it with LZW/],
    ['tiff-comp-jpegxl.tif', 'FIELD_COMPRESSION_NOT_READ', /JPEG XL.*save it with LZW/],
    ['tiff-5samples.tif', 'FIELD_SAMPLES_NOT_READ', /5 samples a pixel.*save it as RGB/],
  ])('%s is named', async (name, code, message) => {
    await expect(openImage(field(name))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it.each(['latin1-micro', 'charref-greek956', 'single-quotes'])('µm as %s is a scale', async (name) => {
    expect((await openImage(field(`scale-ome-${name}.tif`))).umPerPixel).toBeCloseTo(0.174, 6)
  })

  it('µm in the old 8-bit code of ImageJ is a scale', async () => {
    expect((await openImage(field('scale-imagej-latin1.tif'))).umPerPixel).toBeCloseTo(0.174, 6)
  })

  it('a .jfif, a .heic and a file without an ending are read, a slide file is named', async () => {
    const mixed = (name: string) => join(cases!, 'mixed-folder', name)
    for (const name of ['1.jpg', '2.jfif', '8'])
      expect(await openImage(mixed(name))).toMatchObject({ width: 160, height: 120 })
    const heic = await decode(await openImage(mixed('4.heic')))
    const difference = heic.data.reduce((sum, value, i) => sum + Math.abs(value - reference.data[i]!), 0)
    expect(difference / heic.data.length).toBeLessThan(2)
    const refused = { code: 'FIELD_FORMAT_NOT_READ', message: expect.stringMatching(/slide file.*export/) }
    await expect(openImage(mixed('7.svs'))).rejects.toMatchObject(refused)
  })

  it('a .heic cut short is told', async () => {
    const content = await readFile(join(cases!, 'mixed-folder/4.heic'))
    for (const part of [0.05, 0.3, 0.6, 0.9]) {
      const path = join(dir, 'cut.heic')
      await writeFile(path, content.subarray(0, part * content.length))
      const attempt = openImage(path).then((image) => decode(image))
      await expect(attempt).rejects.toMatchObject({
        code: expect.stringMatching(/^FIELD_(TRUNCATED|NOT_DECODABLE)$/),
      })
    }
  })
})
