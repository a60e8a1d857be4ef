/** Whether the built pages are those of the sources as they are: by content, for files that were unpacked keep times of their own. Run by itself: says that they are. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = import.meta.dirname
const STAMP = join(ROOT, 'web/dist/.built-from')
/** What the pages are built of: themselves, what they import, and which packages. */
const SOURCES = ['web/**/*', 'cytology/**/*', 'package.json', 'package-lock.json']

function sourcesHash(): string {
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true, exclude: ['web/dist'] })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

export function isBuilt(): boolean {
  try {
    return readFileSync(STAMP, 'utf8') === sourcesHash()
  } catch {
    return false
  }
}

/** To be said last: a build begins by emptying its folder, so that one that was cut off is none. */
export const markBuilt = (): void => writeFileSync(STAMP, sourcesHash())

if (import.meta.main) markBuilt()
