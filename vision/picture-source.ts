import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Metadata, type Sharp } from 'sharp'
import type { FileKind } from './file-kind.ts'
import { decodeOther, isOther } from './other-decoders.ts'
import { readPngHead, srgbOf } from './png-head.ts'
import { isTransparency, kindOf, readSamples, type Samples } from './read-samples.ts'
import type { OpenWarning } from './result.ts'
import { opaqueOf, whiteOf } from './sample-levels.ts'
import type { TiffPage } from './scale/tiff-tags.ts'
import type { TiffLayout } from './tiff-layout.ts'

/** A file that was looked at. */
export type PictureFile = {
  path: string
  kind: FileKind
  /** Where the kind has it from `sharp` before its pixels are asked for. */
  metadata?: Metadata
  tiff?: { pages: TiffPage[]; layout: TiffLayout }
}

/** A way to the pixels, upright and in sRGB but for the end of the pipeline, and what a person must know about them. */
export type Opened = { picture: () => Sharp; warnings: OpenWarning[] }

const ZSTD_LERC = [50000, 34887]
/** Of ExtraSamples: the colours are multiplied by it. */
const ASSOCIATED = 1
/** Opacity, as a share, below which a picture would be seen as empty. */
const CLEAR = 0.01
/** Mean opacity from which nothing worth a word is lost on white. */
const OPAQUE = 0.98

/**
 * Decides how the pixels of a file are read, which takes a look at all of them where there are more than 8 bits or
 * transparency.
 *
 * Errors: FieldRefused; the decoder's where the file is damaged or cut short.
 */
export async function openPicture(file: PictureFile, maxPixels: number): Promise<Opened> {
  const { path, kind, metadata, tiff } = file
  if (isOther(kind)) {
    const decoded = await decodeOther(path, kind, metadata?.pagePrimary)
    const icc = decoded.icc ?? metadata?.icc
    return fromSamples(decoded, icc, 1, [])
  }
  if (tiff && !isOrdinary(tiff)) return viaSamples(path, tiff)
  const page = tiff?.layout.pages[0] ?? 0
  const options = {
    failOn: 'error',
    limitInputPixels: maxPixels,
    sequentialRead: true,
    ...(page > 0 ? { page } : {}),
  } as const
  const known = metadata ?? (await sharp(path, options).metadata())
  const { depth, hasAlpha, icc } = known
  const deep = depth === 'ushort'
  const described = tiff?.pages[page]
  // Where 0 is white, empty upper bits are seen only before the picture is inverted.
  if (deep && described?.photometric === 0) return viaSamples(path, tiff!)
  const { gamma, animated } = kind === 'png' ? await readPngHead(path) : {}
  const warnings: OpenWarning[] = animated ? ['PAGES_LEFT_OUT'] : []
  let opaque = 1
  if (deep || hasAlpha || gamma) {
    const { channels: stats } = await sharp(path, options).stats()
    const colours = hasAlpha ? stats.slice(0, -1) : stats
    if ((deep && isLinear(known, described)) || gamma) {
      const most = Math.max(...colours.map(({ max }) => max))
      const saidBits = described && kindOf(described).saidBits
      const white = deep ? whiteOf(0, most, { bits: 16, format: 'unsigned', saidBits }) : 255
      const transparent = hasAlpha && (!described || isTransparency(described))
      const mostAlpha = transparent && deep ? stats.at(-1)!.max : 0
      const top = deep ? 65535 : 255
      const alphaWhite = mostAlpha > 1 ? opaqueOf(mostAlpha) : top
      if (white < top || alphaWhite < top || gamma) {
        return stretched(
          path,
          options,
          { white, gamma, icc, hasAlpha, transparent, alphaWhite, deep },
          warnings,
        )
      }
    }
    if (hasAlpha) {
      const { max, mean } = stats.at(-1)!
      const full = deep ? 65535 : 255
      const told = !described || isTransparency(described)
      opaque = max > CLEAR * full && told ? mean / full : 0
      // The colours of what is transparent are lost where they are divided by it.
      if (opaque === 0 && described?.extraSamples[0] === ASSOCIATED && described.photometric <= 2)
        return viaSamples(path, tiff!)
      if (opaque === 0) warnings.push('TRANSPARENCY_IGNORED')
      else if (opaque < OPAQUE) warnings.push('TRANSPARENCY_ON_WHITE')
    }
  }
  const upright = () => {
    const picture = sharp(path, options).autoOrient()
    const flat = opaque === 0 ? picture.removeAlpha() : picture.flatten({ background: '#fff' })
    // With a profile, sharp takes 16 bits to P3 and leaves them there.
    return deep && icc ? flat.withIccProfile('srgb') : flat
  }
  if (opaque === 0) {
    // Resized in one go, what is transparent would be made black before its transparency is removed.
    const pixels = upright().toColourspace('srgb').raw({ depth: 'uchar' })
    const { data, info } = await pixels.toBuffer({ resolveWithObject: true })
    return fromSamples({ ...info, data, channels: 3 }, undefined, 1, warnings)
  }
  return { picture: upright, warnings }
}

/** Grey and RGB are linear in their numbers; what CMYK or Lab hold at less than full depth nobody writes. */
function isLinear({ space }: Metadata, page: TiffPage | undefined): boolean {
  return page ? page.photometric <= 2 : ['rgb16', 'grey16', 'rgb', 'srgb', 'b-w'].includes(space!)
}

/** `sharp` reads whole numbers of the depths that it knows; everything else is read sample by sample. */
function isOrdinary({ pages, layout }: NonNullable<PictureFile['tiff']>): boolean {
  if (layout.pages.length > 1) return false
  const { bits, sampleFormat, compression } = pages[layout.pages[0]]!
  if (ZSTD_LERC.includes(compression)) return false
  return [1, 4].includes(sampleFormat) && bits.every((b) => b === bits[0] && [1, 2, 4, 8, 16].includes(b))
}

async function viaSamples(
  path: string,
  { pages, layout }: NonNullable<PictureFile['tiff']>,
): Promise<Opened> {
  const page = pages[layout.pages[0]]!
  if (layout.pages.some((number) => pages[number]!.cutShort)) throw new Error('cut short')
  const { samples, stretched } = await readSamples(path, pages, layout.pages)
  return fromSamples(samples, page.icc, page.orientation, stretched ? ['LEVELS_STRETCHED'] : [])
}

type Deep = {
  white: number
  gamma: number | undefined
  icc: Buffer | undefined
  hasAlpha: boolean
  transparent: boolean
  alphaWhite: number
  /** 16 bits, else 8. */
  deep: boolean
}

/** A picture of 16 bits of which the upper ones are empty, or whose numbers follow another curve than that of sRGB. */
async function stretched(
  path: string,
  options: object,
  { white, gamma, icc, hasAlpha, transparent, alphaWhite, deep }: Deep,
  warnings: OpenWarning[],
): Promise<Opened> {
  const whole = sharp(path, { ...options, ignoreIcc: true }).autoOrient()
  const { data, info } = await (hasAlpha && !transparent ? whole.removeAlpha() : whole)
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const values = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
  const channels = info.channels as 3 | 4
  const curve = new Uint8Array(white + 1)
  for (let v = 0; v <= white; v++) curve[v] = 255 * (gamma ? srgbOf(v / white, gamma) : v / white) + 0.5
  const bytes = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const isAlpha = channels === 4 && i % 4 === 3
    bytes[i] = isAlpha ? (255 * values[i]!) / alphaWhite + 0.5 : curve[values[i]!]!
  }
  const told: OpenWarning[] = [
    ...warnings,
    ...(deep && white < 65535 ? (['LEVELS_STRETCHED'] as const) : []),
    ...(gamma ? (['GAMMA_APPLIED'] as const) : []),
  ]
  return fromSamples({ data: bytes, width: info.width, height: info.height, channels }, icc, 1, told)
}

function fromSamples(
  samples: Samples,
  icc: Buffer | undefined,
  orientation: number,
  warnings: OpenWarning[],
): Opened {
  const opaque = flattened(samples)
  const { data, width, height, channels } = turned(opaque.samples, orientation)
  const told = opaque.warning ? [...warnings, opaque.warning] : warnings
  const raw = { raw: { width, height, channels }, limitInputPixels: false } as const
  if (!icc) return { picture: () => sharp(data, raw), warnings: told }
  const png = pngOf({ data, width, height, channels }, icc)
  return { picture: () => sharp(png, { limitInputPixels: false }), warnings: told }
}

/** Without transparency: laid on white or, where nothing would be left to see, left aside. */
function flattened(samples: Samples): { samples: Samples; warning?: OpenWarning } {
  const { data, width, height, channels } = samples
  if (channels !== 4) return { samples }
  let [most, sum] = [0, 0]
  for (let i = 3; i < data.length; i += 4) {
    most = Math.max(most, data[i]!)
    sum += data[i]!
  }
  const ignored = most <= CLEAR * 255
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const opacity = ignored ? 1 : data[from + 3]! / 255
    for (let c = 0; c < 3; c++) rgb[to + c] = 255 + (data[from + c]! - 255) * opacity + 0.5
  }
  const flat: Samples = { data: rgb, width, height, channels: 3 }
  if (ignored) return { samples: flat, warning: 'TRANSPARENCY_IGNORED' }
  const seen = sum / (width * height * 255)
  return seen < OPAQUE ? { samples: flat, warning: 'TRANSPARENCY_ON_WHITE' } : { samples: flat }
}

/** Upright, by the EXIF or TIFF orientation, 1..8. */
function turned(samples: Samples, orientation: number): Samples {
  if (orientation < 2 || orientation > 8) return samples
  const { data, width, height, channels } = samples
  const [w, h] = orientation > 4 ? [height, width] : [width, height]
  const out = new Uint8Array(data.length)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [u, v] = orientation > 4 ? [y, x] : [x, y]
      const sx = [2, 3, 7, 8].includes(orientation) ? width - 1 - u : u
      const sy = [3, 4, 6, 7].includes(orientation) ? height - 1 - v : v
      const from = (sy * width + sx) * channels
      out.set(data.subarray(from, from + channels), (y * w + x) * channels)
    }
  }
  return { data: out, width: w, height: h, channels }
}

/** As a PNG that names the colour profile, the one way to have it applied. Not compressed. */
function pngOf({ data, width, height, channels }: Samples, icc: Buffer): Buffer {
  const rows = Buffer.alloc(height * (1 + width * channels))
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * width * channels, (y + 1) * width * channels), y * (1 + width * channels) + 1)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, channels === 1 ? 0 : 2], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(icc)])),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(content.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
