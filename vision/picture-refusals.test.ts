/** Files that are sound but not read; the issue in brackets is where somebody met one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decode, openImage } from './decode.ts'
import { type WrittenPage, writeTiff } from './fixtures/write-tiff.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'refused-'))
})
afterAll(() => rm(dir, { recursive: true }))

const [width, height] = [23, 17]
const pixels = width * height
const page = (grey: number, more: Partial<WrittenPage> = {}): WrittenPage => ({
  ...{ width, height, samples: 3, values: new Uint8Array(pixels * 3).fill(grey) },
  ...more,
})

let files = 0
async function refusal(content: Buffer, ending = 'tif') {
  const path = join(dir, `${files++}.${ending}`)
  await writeFile(path, content)
  return openImage(path)
    .then((image) => decode(image))
    .then(
      () => 'read',
      ({ code, message }) => ({ code, message }),
    )
}

describe('what cannot be read is named', () => {
  it.each([
    [34712, 'JPEG 2000'],
    [33003, 'JPEG 2000'],
    [50002, 'JPEG XL'],
    [50001, 'WebP'],
    [34925, 'LZMA'],
    [65001, 'code 65001'],
  ])('compression %i [libvips#93]', async (compression, name) => {
    const told = await refusal(writeTiff([page(1, { compression })]))
    expect(told).toMatchObject({
      code: 'FIELD_COMPRESSION_NOT_READ',
      message: expect.stringContaining(`compressed with ${name}, which is not read; save it`),
    })
  })

  it.each([2, 5, 6, 8])('%i samples a pixel [image-tiff#203]', async (samples) => {
    const values = new Uint8Array(pixels * samples)
    const told = await refusal(writeTiff([page(1, { samples, values })]))
    expect(told).toMatchObject({
      code: 'FIELD_SAMPLES_NOT_READ',
      message: expect.stringMatching(new RegExp(`${samples} samples a pixel.*save it as RGB`)),
    })
  })

  it('colours as L*a*b*', async () => {
    for (const photometric of [8, 9, 10])
      expect(await refusal(writeTiff([page(1, { photometric })]))).toMatchObject({
        code: 'FIELD_SAMPLES_NOT_READ',
        message: expect.stringContaining('L*a*b*; save it as RGB'),
      })
  })

  it("a camera's raw file", async () => {
    const told = await refusal(writeTiff([page(1, { subfile: 1 }), page(2, { photometric: 32803 })]))
    expect(told).toMatchObject({ code: 'FIELD_FORMAT_NOT_READ' })
  })

  it.each(['svs', 'SVS', 'ndpi', 'nef', 'mrxs'])('a .%s, though it is TIFF inside', async (ending) => {
    expect(await refusal(writeTiff([page(1)]), ending)).toMatchObject({
      code: 'FIELD_FORMAT_NOT_READ',
      message: expect.stringMatching(/export its fields|develop it/),
    })
  })
})
