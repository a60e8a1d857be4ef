/** `npm run -s bench -- NAME [OPTIONS]`: one of the benches; without a name, a line on each. */
import { spawnSync } from 'node:child_process'
import { build } from 'vite'
import { here } from './python.ts'

const BENCHES: Record<string, [file: string, measures: string]> = {
  speed: ['speed/speed.ts', 'speed beside PyTorch, on drawn fields'],
  detector: ['detector/detector.ts', 'what each part of the detector brings (--runs)'],
  recogniser: ['recogniser/recogniser.ts', 'what each part of the recogniser brings (--runs)'],
  economics: ['economics/economics.ts', 'what a cheaper recogniser gives up (--models)'],
  strangers: ['strangers/strangers.ts', 'what the recogniser says of what is no cell'],
  blood: ['blood.ts', 'white cells, red cells and platelets of bccd (--run)'],
  look: ['look.ts', 'what stained smears have of what `look` goes by (MARROWSCOPE_DATA)'],
  web: ['web.ts', 'the pages, built first, and the API with thousands of cells'],
  site: ['site/site.ts', 'a large site: its questions, saved, restored and moved'],
  ask: ['site/ask.ts', 'the same questions, of a site that is there (--site)'],
  load: ['site/load.ts', '20 people at work at once without pauses, and a field of 100,000 cells'],
  seed: ['site/seed.ts', 'makes a large site, to click through'],
  'decode-memory': ['decode-memory.ts', 'memory that decoding takes, by kind of file'],
  'long-work': ['site/long-work.ts', 'how late the server is during exports, a backup and reports'],
  fields: ['site/many-fields.ts', 'the memory of server and networks over many fields'],
  audit: ['../server/measure-audit.ts', 'what the audit costs'],
}

const [name = '', ...options] = process.argv.slice(2)
const bench = BENCHES[name]
if (bench) {
  if (name === 'web') await build({ root: here('../web'), logLevel: 'warn' })
  const { status } = spawnSync(process.execPath, [here(bench[0]), ...options], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  const lines = Object.entries(BENCHES).map(([name, [, measures]]) => `  ${name.padEnd(15)}${measures}`)
  console.log(['npm run -s bench -- NAME [OPTIONS]', ...lines].join('\n'))
  process.exitCode = name === '' ? 0 : 1
}
