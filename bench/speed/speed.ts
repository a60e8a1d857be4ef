/**
 * Marrowscope beside PyTorch on the same drawn fields, in one run. README.md says what is compared.
 *
 *     npm run -s bench -- speed [--models DIR] [--rounds 5] [--fields 25] [--threads 2] [--out FILE]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freeMachine, ourVersions } from '../machine.ts'
import { here, python } from '../python.ts'
import { writeResult } from '../write-result.ts'
import { FIELD, type FieldFile, fieldFile } from './fields.ts'
import { compare, measured } from './measure.ts'
import { type Ours, ourNetworks, peerNetworks } from './networks.ts'
import { type Figures, speedTable } from './table.ts'
import { startWorker } from './worker.ts'

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: 'models' },
    rounds: { type: 'string', default: '5' },
    fields: { type: 'string', default: '25' },
    threads: { type: 'string', default: '2' },
    out: { type: 'string', default: here('results/speed.json') },
  },
})
const { models, threads, out } = values
const rounds = Number(values.rounds)
const before = freeMachine(Number(threads))

// The workers start before anything is drawn: on Linux the peak memory of a process begins at its parent's.
const ours = await startWorker<Ours>(process.execPath, [here('speed/ours.ts'), models, threads])
const peer = await startWorker<Record<string, string>>(python(), [here('speed/peer.py'), threads])
const folder = mkdtempSync(join(tmpdir(), 'marrowscope-bench-'))
try {
  const figures = await measureAll(folder)
  const { load, ...where } = before
  const result = {
    date: new Date().toISOString(),
    machine: { ...where, loadBefore: load },
    threads: Number(threads),
    versions: { ours: ourVersions(), peer: peer.hello },
    field: FIELD,
    networks: { ours: ourNetworks(ours.hello, models), peer: peerNetworks() },
    figures,
  }
  writeResult(out, result, 3)
  console.log(speedTable(figures))
  console.log(`${before.cpu}, ${before.cores} cores, load before ${before.load}; written to ${out}`)
} finally {
  rmSync(folder, { recursive: true })
  await ours.close()
  await peer.close()
}

async function measureAll(folder: string): Promise<Figures> {
  console.error('Drawing the fields …')
  const fields: FieldFile[] = []
  const count = Math.max(Number(values.fields), rounds)
  for (let n = 0; n <= count; n++) fields.push(await fieldFile(folder, n))
  const warmUp = fields.pop()!
  const all = fields.slice(0, Number(values.fields))
  await compare(ours, peer, 'field', [warmUp])
  console.error(`${rounds} fields, each by both …`)
  const field = await compare(ours, peer, 'field', fields.slice(0, rounds))
  console.error(`${all.length} fields by Marrowscope …`)
  const answers = []
  for (const one of all) answers.push(await ours.ask({ task: 'field', ...one }))
  console.error(`The cells of ${all.length} fields named by both …`)
  return { field, whole: measured(answers), recognise: await compare(ours, peer, 'recognise', all) }
}
