/**
 * Memory that decoding takes, bytes a pixel: each kind of file in a process of its own, as a small and a large copy for the pages, read
 * whole as an upload is, and as pixels. By it `vision/bytes-to-decode.ts` is set. Linux only, which tells a process's peak.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { decode, fromUprightPicture, openImage } from '../vision/index.ts'

const [WIDTH, HEIGHT] = [10_000, 5000]
const WAYS = ['small', 'large', 'whole', 'pixels'] as const

const [file, way] = process.argv.slice(2)
if (file) await measure(file, way as (typeof WAYS)[number])
else await all()

async function all(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'decode-memory-'))
  try {
    await make(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function make(folder: string): Promise<void> {
  const noise = { type: 'gaussian', mean: 150, sigma: 30 } as const
  const small = await sharp({
    create: { width: WIDTH / 20, height: HEIGHT / 20, channels: 3, background: '#a86', noise },
  })
    .png()
    .toBuffer()
  const pixels = await sharp(small).resize(WIDTH, HEIGHT, { fit: 'fill' }).raw().toBuffer()
  const deep = new Uint16Array(pixels.length)
  for (let i = 0; i < deep.length; i++) deep[i] = pixels[i]! * 16
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const
  const of = () => sharp(pixels, { raw, limitInputPixels: false })
  const deepOf = () => sharp(deep, { raw, limitInputPixels: false }).toColourspace('rgb16')
  const files: Record<string, () => Sharp> = {
    'plain.jpg': () => of().jpeg(),
    'progressive.jpg': () => of().jpeg({ progressive: true }),
    'turned.jpg': () => of().jpeg().withMetadata({ orientation: 6 }),
    'plain.png': () => of().png({ compressionLevel: 1 }),
    'interlaced.png': () => of().png({ compressionLevel: 1, progressive: true }),
    'transparent.png': () => of().ensureAlpha(0).png({ compressionLevel: 1 }),
    'half-transparent.png': () => of().ensureAlpha(0.5).png({ compressionLevel: 1 }),
    '12-bits.png': () => deepOf().png({ compressionLevel: 1 }),
    'plain.webp': () => of().webp({ effort: 0 }),
    'plain.avif': () => of().avif({ effort: 0 }),
    'lzw.tif': () => of().tiff({ compression: 'lzw' }),
    '12-bits.tif': () => deepOf().tiff({ compression: 'lzw' }),
    '12-bits-alpha.tif': () => deepOf().ensureAlpha(0.5).tiff({ compression: 'lzw' }),
  }
  for (const [name, picture] of Object.entries(files)) {
    await picture().toFile(join(folder, name))
    tell(join(folder, name))
  }
  writeFileSync(join(folder, 'plain.bmp'), Buffer.concat([bmpHead(), pixels]))
  tell(join(folder, 'plain.bmp'))
}

function tell(path: string): void {
  const figures = WAYS.map((one) => {
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, path, one])
    return `${one} ${String(stdout).trim() || String(stderr).trim()}`
  })
  console.log(path.split('/').at(-1)!.padEnd(22), figures.join('   '))
}

function bmpHead(): Buffer {
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(54 + WIDTH * HEIGHT * 3, 2)
  head.writeUInt32LE(54, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(WIDTH, 18)
  head.writeInt32LE(HEIGHT, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(24, 28)
  return head
}

async function measure(path: string, how: (typeof WAYS)[number]): Promise<void> {
  // The library itself is loaded before it counts.
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
    .jpeg()
    .toBuffer()
  const before = process.memoryUsage().rss
  writeFileSync('/proc/self/clear_refs', '5')
  const image = await openImage(path)
  if (how === 'pixels') await decode(image)
  if (how === 'whole') await decode(image, (p) => p.resize(32, 32, { fit: 'fill', fastShrinkOnLoad: false }))
  if (how === 'small' || how === 'large') {
    const width = how === 'small' ? 1024 : 65_000
    await fromUprightPicture(image, (picture) =>
      picture
        .toColourspace('srgb')
        .resize({ width, height: 65_000, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 88 })
        .toBuffer(),
    )
  }
  const peak = 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1])
  console.log(((peak - before) / (image.width * image.height)).toFixed(1).padStart(5))
}
