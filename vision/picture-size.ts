import { open } from 'node:fs/promises'

/** JPEG 2000's marker of the size of the picture, with that of the beginning before it. */
const SIZ = Buffer.from('ff4fff51', 'hex')

/**
 * Width and height of a bitmap or a JPEG 2000 file, in pixels, from its header.
 *
 * Errors: where the header is cut short.
 */
export async function sizeInHeader(
  path: string,
  kind: 'bmp' | 'jp2',
): Promise<{ width: number; height: number }> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65536), 0, 65536, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.length < 26) throw new Error('cut short')
    if (kind === 'bmp') {
      // The oldest header counts in 16 bits.
      if (head.readUInt32LE(14) === 12) return { width: head.readUInt16LE(18), height: head.readUInt16LE(20) }
      return { width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)) }
    }
    const box = head.indexOf('ihdr', 0, 'latin1')
    if (box > 0 && head.length >= box + 12)
      return { width: head.readUInt32BE(box + 8), height: head.readUInt32BE(box + 4) }
    const at = head.indexOf(SIZ)
    if (at < 0 || head.length < at + 24) throw new Error('cut short')
    const far = (offset: number) => head.readUInt32BE(at + offset)
    return { width: far(8) - far(16), height: far(12) - far(20) }
  } finally {
    await file.close()
  }
}
