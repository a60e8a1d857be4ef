import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXTS = '**/*.{js,css,html,svg}'
/** Between half of the time and a few hundredths more of bytes than the best. */
const QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 9 }

/** Lays compressed copies beside the built pages, so that a server sends them without compressing anything itself. */
export const compressPages = (): Plugin => {
  let folder = ''
  return {
    name: 'compress-pages',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir)
    },
    closeBundle: () => {
      for (const name of globSync(TEXTS, { cwd: folder })) {
        const path = join(folder, name)
        const bytes = readFileSync(path)
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: QUALITY }))
        writeFileSync(`${path}.gz`, gzipSync(bytes))
      }
    },
  }
}
