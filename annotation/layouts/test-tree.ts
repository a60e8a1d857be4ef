import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'

/** For tests: a folder of that name with files of that text; an image of 40×30 pixels where the text is 'image'. */
export async function tree(name: string, files: Record<string, string>): Promise<string> {
  const root = join(await mkdtemp(join(tmpdir(), 'layout-')), basename(name))
  await mkdir(root)
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    if (text === 'image') {
      await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } }).toFile(file)
    } else {
      await writeFile(file, text)
    }
  }
  return root
}
