/** PNG files whose head says more than how their pixels lie. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../testkit/index.ts'
import { decode, openImage, openWarnings } from './decode.ts'

const [width, height] = [23, 17]
let dir: string
let files = 0
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'png-'))
})
afterAll(() => rm(dir, { recursive: true }))

function colours(from: number): Uint8Array {
  const random = seededRandom(from)
  return Uint8Array.from({ length: width * height * 3 }, () => random.int(0, 255)).fill(255, 0, 3)
}

async function read(content: Buffer) {
  const path = join(dir, `${files++}.png`)
  await writeFile(path, content)
  const image = await openImage(path)
  return { raster: await decode(image), warnings: await openWarnings(image) }
}

function expectNear(data: Uint8Array, wanted: ArrayLike<number>, tolerance: number) {
  const worst = data.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0)
  expect(worst).toBeLessThanOrEqual(tolerance)
}

describe('what stands before the pixels of a PNG', () => {
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const number = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  /** With further chunks behind the header, which has 33 bytes with the mark of a PNG. */
  const png = async (from: number, more: Buffer[], deep = false) => {
    const picture = deep
      ? sharp(Uint16Array.from(Array.from(colours(from), (v) => v * 257)), { raw: { width, height, channels: 3 } }).toColourspace('rgb16') // biome-ignore format: one line
      : sharp(colours(from), { raw: { width, height, channels: 3 } })
    const plain = await picture.png().toBuffer()
    return Buffer.concat([plain.subarray(0, 33), ...more, plain.subarray(33)])
  }

  it('a curve of brightness other than that of sRGB is followed, and told', async () => {
    const gammas = fc.constantFrom(1, 1 / 1.8, 0.7)
    await fc.assert(
      fc.asyncProperty(fc.nat(), gammas, fc.boolean(), async (from, gamma, deep) => {
        const { raster, warnings } = await read(
          await png(from, [chunk('gAMA', number(Math.round(gamma * 1e5)))], deep),
        )
        const wanted = Array.from(colours(from), (v) => {
          const light = (v / 255) ** (1 / gamma)
          return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
        })
        expectNear(raster.data, wanted, 1)
        expect(warnings).toEqual(['GAMMA_APPLIED'])
      }),
      { seed: 17, numRuns: 25 },
    )
  })

  it.each([
    ['that of sRGB', [chunk('gAMA', number(45455))]],
    ['one beside the word that it is sRGB', [chunk('gAMA', number(100000)), chunk('sRGB', Buffer.from([0]))]],
    ['none', []],
  ])('%s changes nothing', async (_, more) => {
    const { raster, warnings } = await read(await png(7, more))
    expectNear(raster.data, colours(7), 0)
    expect(warnings).toEqual([])
  })

  it('further pictures are told', async () => {
    const { raster, warnings } = await read(
      await png(7, [chunk('acTL', Buffer.concat([number(2), number(0)]))]),
    )
    expectNear(raster.data, colours(7), 0)
    expect(warnings).toEqual(['PAGES_LEFT_OUT'])
  })
})
