import { open } from 'node:fs/promises'

/** What stands before the pixels of a PNG that `sharp` passes over. */
export type PngHead = {
  /** Exponent of the gAMA chunk (PNG 11.3.2.2) where it counts and is not that of sRGB. */
  gamma: number | undefined
  /** Further pictures follow the first. */
  animated: boolean
}

/** What says of the colours more than gAMA does. */
const BETTER = ['sRGB', 'iCCP', 'cICP']
const SRGB = 1 / 2.2

export async function readPngHead(path: string): Promise<PngHead> {
  const file = await open(path)
  const read = async (at: number) => (await file.read(Buffer.alloc(12), 0, 12, at)).buffer
  const found = new Map<string, number>()
  try {
    for (let at = 8; ; ) {
      const head = await read(at)
      const name = head.toString('latin1', 4, 8)
      // A chunk of the name of none: the file ends.
      if (name === 'IDAT' || !/^[A-Za-z]{4}$/.test(name)) break
      found.set(name, head.readUInt32BE(8))
      at += 12 + head.readUInt32BE(0)
    }
  } finally {
    await file.close()
  }
  const gamma = (found.get('gAMA') ?? 0) / 100_000
  const counts = gamma > 0 && Math.abs(gamma / SRGB - 1) > 0.05 && !BETTER.some((name) => found.has(name))
  return { gamma: counts ? gamma : undefined, animated: found.has('acTL') }
}

/** sRGB, 0..1, of a sample of 0..1 that was written with this exponent (IEC 61966-2-1). */
export function srgbOf(sample: number, gamma: number): number {
  const light = sample ** (1 / gamma)
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055
}
