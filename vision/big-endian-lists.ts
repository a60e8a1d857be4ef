import { open } from 'node:fs/promises'
import type { GeoTIFFImage } from 'geotiff'

/** Where the strips and tiles of a page lie, and how long they are. */
const PLACES = [273, 279, 324, 325]

/**
 * Reads the places of the strips of a big-endian page. geotiff 3.0.5 takes lists that it reads late as little-endian whatever the
 * file is, and fills with 0 what does not lie where it looks.
 */
export async function readBigEndianLists(image: GeoTIFFImage, path: string): Promise<void> {
  const lists = PLACES.map((tag) => image.fileDirectory.deferredArrays.get(tag)).filter((list) => !!list)
  const file = await open(path)
  try {
    for (const { arrayOffset, itemSize, length, data, maskBitmap } of lists) {
      const { buffer } = await file.read(Buffer.alloc(itemSize * length), 0, itemSize * length, arrayOffset)
      for (let i = 0; i < length; i++) {
        const at = i * itemSize
        data[i] = itemSize === 8 ? Number(buffer.readBigUInt64BE(at)) : buffer.readUIntBE(at, itemSize)
      }
      // So it knows that nothing of the list is to be read any more.
      maskBitmap.fill(0xff)
    }
  } finally {
    await file.close()
  }
}
