import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'

/** What a file of a tree holds: text, bytes, or an image of that size. */
export type Content = string | Uint8Array | { width: number; height: number }

/** For tests: a folder of that name with files; an image of 40×30 pixels where the text is 'image'. */
export async function tree(name: string, files: Record<string, Content>): Promise<string> {
  const root = join(await mkdtemp(join(tmpdir(), 'layout-')), basename(name))
  await mkdir(root)
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    const size = content === 'image' ? { width: 40, height: 30 } : content
    if (typeof size === 'string' || size instanceof Uint8Array) await writeFile(file, size)
    else await sharp({ create: { ...size, channels: 3, background: '#fff' } }).toFile(file)
  }
  return root
}
