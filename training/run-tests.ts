/**
 * Runs the tests of the Python package where its requirements are installed, and says plainly where they are not:
 * the application itself needs no Python. MARROWSCOPE_PYTHON names the interpreter; otherwise training/.venv is used.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const own = `${here}.venv/bin/python`
const python = process.env.MARROWSCOPE_PYTHON ?? (existsSync(own) ? own : 'python3')
/** Rooms with a little Python of their own, held to the same style. */
const others = ['../bench', '../annotation', '../vision']
const needed = 'torch, cv2, onnxruntime, pytest, ruff, pycocotools, datumaro'
const probe = spawnSync(python, ['-c', `import ${needed}`], { encoding: 'utf8' })

if (probe.status !== 0) {
  const reason = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1)
  console.log(`training: tests skipped, ${python} cannot import what they need (${reason}).`)
  console.log('training: to run them, see training/README.md.')
  process.exit(process.env.CI ? 1 : 0)
}
for (const step of [
  ['-m', 'ruff', 'check', '--config', 'pyproject.toml', '.', ...others],
  ['-m', 'ruff', 'format', '--check', '--config', 'pyproject.toml', '.', ...others],
  ['-m', 'pytest', '-q', '-W', 'ignore::DeprecationWarning', '-W', 'ignore::torch.jit.TracerWarning'],
]) {
  const run = spawnSync(python, step, { cwd: here, stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
}
