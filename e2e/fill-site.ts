import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const FILL = join(resolve(import.meta.dirname, '..'), 'server/statistics/fill-command-for-tests.ts')

/** Puts made-up cases, reviewed and most of them signed, into a site while it runs. `env` as the site was opened with. */
export async function fillSite(
  folder: string,
  { cases, cellsPerCase, reader = '' }: { cases: number; cellsPerCase: number; reader?: string },
  env: Record<string, string> = {},
): Promise<void> {
  await promisify(execFile)(process.execPath, [FILL, String(cases), String(cellsPerCase), reader], {
    env: { ...process.env, MARROWSCOPE_SITE: folder, ...env },
  })
}
