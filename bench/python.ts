import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../training/.venv/bin/python', import.meta.url))

/** The interpreter that has PyTorch: MARROWSCOPE_PYTHON, or the one of training/README.md; undefined without both. */
export const PYTHON = process.env.MARROWSCOPE_PYTHON ?? (existsSync(own) ? own : undefined)

/** As PYTHON, or an error that says how to get one. */
export function python(): string {
  if (PYTHON) return PYTHON
  throw new Error('The peer needs PyTorch: set training/.venv up as training/README.md says.')
}

/** The path of a file of bench/. */
export function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
