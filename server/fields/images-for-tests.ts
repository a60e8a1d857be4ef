/** Image files, good and bad, made on the spot. */
import sharp from 'sharp'
import { drawField } from '../../testkit/index.ts'

/** A drawn field; another seed is another image. */
export function picture(seed: number) {
  const { data, width, height } = drawField({ seed, width: 96, height: 64, umPerPixel: 0.4, cells: 1 })
  return sharp(data, { raw: { width, height, channels: 3 } })
}
export const png = (seed: number) =>
  picture(seed)
    .withMetadata({ density: 25400 / 0.25 })
    .png()
    .toBuffer()

/** Noise does not compress: a file of megabytes. */
export const large = () =>
  sharp(Buffer.from(Uint32Array.from({ length: 1_500_000 }, (_, i) => Math.imul(i, 2654435761)).buffer), {
    raw: { width: 2000, height: 1000, channels: 3 },
  })
    .png({ compressionLevel: 0 })
    .toBuffer()

/** The head of a PNG that claims 60,000 × 60,000 pixels, with nothing behind it. */
export async function bomb(): Promise<Buffer> {
  const small = await png(1)
  small.writeUInt32BE(60_000, 16)
  small.writeUInt32BE(60_000, 20)
  return withCrc(small)
}
function withCrc(file: Buffer): Buffer {
  let crc = 0xffffffff
  for (const byte of file.subarray(12, 29)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  file.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 29)
  return file
}
