/** A disk of a few megabytes, which a test fills and makes room on again. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** To its last byte. */
  fill(): void
  /** What filled it is gone. */
  makeRoom(): void
  close(): void
}

/** Errors: none; undefined where this user may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const mounted = mkdtempSync(join(tmpdir(), 'marrowscope-disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'marrowscope']
  if (spawnSync('mount', [...options, mounted]).status !== 0) {
    rmdirSync(mounted)
    return undefined
  }
  const ballast = join(mounted, 'ballast')
  const fill = () => {
    for (const size of [1e6, 4096, 1]) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  }
  return {
    folder: join(mounted, 'site'),
    fill,
    makeRoom: () => rmSync(ballast),
    close() {
      spawnSync('umount', ['-l', mounted])
      rmdirSync(mounted)
    },
  }
}
