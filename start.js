// `npm start`: builds the pages where they are not those of the sources, then becomes the server; one process, so that it is the one
// that a signal reaches.
import './check-node.js'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const { isBuilt, markBuilt } = await import('./built-pages.ts')
if (!isBuilt()) {
  const vite = [path('node_modules/vite/bin/vite.js'), 'build', path('web'), '--logLevel', 'warn']
  const { status } = spawnSync(process.execPath, vite, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  markBuilt()
}
await import('./server/main.ts')
