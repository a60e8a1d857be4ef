import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { FieldRefused } from './field-refused.ts'
import type { FileKind } from './file-kind.ts'
import type { Samples } from './read-samples.ts'

/** Formats that `sharp` does not read; libraries are loaded when the first such file comes. */
export type OtherKind = Extract<FileKind, 'heic' | 'bmp' | 'jp2' | 'jxl'>

export const isOther = (kind: FileKind): kind is OtherKind => kind in DECODERS

type Decoded = Samples & { icc?: Buffer | undefined }

const require = createRequire(import.meta.url)

/**
 * All pixels, upright, at 8 bit, with the colour profile that they are still to be brought out of; of HEIC the picture of this
 * number.
 *
 * Errors: FieldRefused; whatever the decoder throws where the file is damaged or cut short.
 */
export async function decodeOther(path: string, kind: OtherKind, page = 0): Promise<Decoded> {
  return DECODERS[kind](await readFile(path), page)
}

const DECODERS: Record<OtherKind, (file: Buffer, page: number) => Promise<Decoded>> = {
  async heic(file, page) {
    for (let at = 0; at + 8 <= file.length; ) {
      const size = file.readUInt32BE(at)
      if (size < 8) break
      at += size
      if (at > file.length) throw new Error('cut short')
    }
    const { default: heif } = await import('libheif-js/wasm-bundle.js')
    const decoder = new heif.HeifDecoder()
    const pictures = decoder.decode(file)
    try {
      // Its own way to the pixels writes on the console what goes wrong.
      const { heif_colorspace_RGB: rgb } = heif.heif_colorspace
      const { heif_chroma_interleaved_RGBA: rgba } = heif.heif_chroma
      const decoded = await heif.heif_js_decode_image2(pictures[page]!.handle, rgb, rgba)
      const [plane] = decoded.channels ?? []
      if (!plane) throw new Error('not decodable')
      const { width, height, stride } = plane
      const data = new Uint8Array(width * height * 4)
      for (let y = 0; y < height; y++)
        data.set(plane.data.subarray(y * stride, y * stride + width * 4), y * width * 4)
      heif.heif_image_release(decoded.image)
      return { data, width, height, channels: 4 }
    } finally {
      for (const picture of pictures) picture.free()
      decoder.decoder?.delete()
    }
  },
  async bmp(file) {
    const { decode } = await import('bmp-ts')
    const begin = file.readUInt32LE(10)
    if (file.readUInt32LE(14) >= 40 && [0, 3, 6].includes(file.readUInt32LE(30))) {
      const row = Math.ceil((file.readInt32LE(18) * file.readUInt16LE(28)) / 32) * 4
      if (file.length < begin + row * Math.abs(file.readInt32LE(22))) throw new Error('cut short')
    }
    const picture = decode(file, { toRGBA: false })
    const [width, height] = [picture.width, Math.abs(picture.height)]
    const masked = file.readUInt32LE(14) >= 56 || file.readUInt32LE(30) === 6
    const hasAlpha = masked && file.readUInt32LE(66) !== 0
    const data = new Uint8Array(width * height * 4)
    // It gives A, B, G, R. Without a mask the fourth byte is no transparency, whatever it holds.
    for (let i = 0; i < data.length; i += 4) {
      for (let c = 0; c < 3; c++) data[i + c] = picture.data[i + 3 - c]!
      data[i + 3] = hasAlpha ? picture.data[i]! : 255
    }
    return { data, width, height, channels: 4 }
  },
  async jp2(file) {
    const { default: load } = await import('@cornerstonejs/codec-openjpeg/decode')
    const size = file.indexOf(SIZ)
    const components = size > 0 || file.length > 44 ? file.readUInt16BE(Math.max(size, 0) + 40) : 0
    if (components !== 1 && components !== 3)
      throw new FieldRefused(
        'FIELD_SAMPLES_NOT_READ',
        `has ${components} samples a pixel; save it as RGB without transparency`,
      )
    // The decoder fills with grey what did not come.
    if (file.indexOf(END, size) < 0) throw new Error('cut short')
    const decoder = new (await openjpeg(load)).J2KDecoder()
    try {
      decoder.getEncodedBuffer(file.length).set(file)
      decoder.decode()
      const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo()
      if (isSigned || bitsPerSample > 16)
        throw new FieldRefused(
          'FIELD_SAMPLES_NOT_READ',
          `has ${componentCount} samples a pixel of ${bitsPerSample} bits${isSigned ? ' with sign' : ''}; save it as RGB with 8 bits`,
        )
      const bytes = decoder.getDecodedBuffer()
      const wide = bitsPerSample > 8
      const values = wide ? new Uint16Array(bytes.slice().buffer) : bytes
      const white = 2 ** bitsPerSample - 1
      const data = new Uint8Array(values.length)
      for (let i = 0; i < data.length; i++) data[i] = (255 * values[i]!) / white + 0.5
      const space = decoder.getColorSpace()
      if (space > YCC)
        throw new FieldRefused('FIELD_SAMPLES_NOT_READ', 'holds colours as CMYK or e-YCC; save it as RGB')
      if (space === YCC && componentCount === 3) toRgb(data)
      return { data, width, height, channels: componentCount as 1 | 3, icc: profileOfJp2(file) }
    } finally {
      decoder.delete()
    }
  },
  async jxl(file) {
    const { default: decode, init } = await import('@jsquash/jxl/decode.js')
    const wasm = require.resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm')
    // The decoder was made for browsers: it takes its program from a server and answers in a class of theirs.
    if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData })
    jxlReady ??= WebAssembly.compile(await readFile(wasm)).then((module) => (init as InitJxl)(module))
    await jxlReady
    const { data, width, height } = await decode(new Uint8Array(file).buffer)
    return { data: new Uint8Array(data), width, height, channels: 4 }
  },
}

/** JPEG 2000's markers of the size of the picture, with that of the beginning before it, and of the end. */
const SIZ = Buffer.from('ff4fff51', 'hex')
const END = Buffer.from('ffd9', 'hex')

/** Its types leave out the compiled program, which it takes as well. */
type InitJxl = (module: object) => Promise<unknown>

let jxlReady: Promise<unknown> | undefined
let openjpegReady: Promise<OpenJpeg> | undefined

class PlainImageData {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data
    this.width = width
    this.height = height
  }
}

type OpenJpeg = Awaited<ReturnType<typeof import('@cornerstonejs/codec-openjpeg/decode').default>>

/** It writes every step on the console, which is not a library's to do. */
function openjpeg(
  load: (options: { print: () => void; printErr: () => void }) => Promise<OpenJpeg>,
): Promise<OpenJpeg> {
  const silent = () => {}
  openjpegReady ??= load({ print: silent, printErr: silent })
  return openjpegReady
}

/** OpenJPEG's number of sYCC. */
const YCC = 3

/** sYCC (IEC 61966-2-1, amendment 1) to sRGB, in place. */
function toRgb(data: Uint8Array): void {
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)))
  for (let i = 0; i < data.length; i += 3) {
    const [y, cb, cr] = [data[i]!, data[i + 1]! - 128, data[i + 2]! - 128]
    data[i] = byte(y + 1.402 * cr)
    data[i + 1] = byte(y - 0.344136 * cb - 0.714136 * cr)
    data[i + 2] = byte(y + 1.772 * cb)
  }
}

/** The `colr` box of a JP2 file (ISO 15444-1, I.5.3.3) where it holds an ICC profile. */
function profileOfJp2(file: Buffer): Buffer | undefined {
  const at = file.subarray(0, 100_000).indexOf('colr', 0, 'latin1')
  if (at < 4 || file[at + 4] !== 2) return undefined
  return file.subarray(at + 7, at - 4 + file.readUInt32BE(at - 4))
}
