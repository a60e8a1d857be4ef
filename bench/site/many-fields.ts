/**
 * `npm run -s bench -- fields [--fields 300] [--out bench/results/fields.json]`: drawn fields, each other than the ones before, are
 * uploaded and analysed by the shipped networks one after the other; what memory the server and the networks' process hold
 * over time, and how much more with each field (Linux).
 */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ADMINISTRATOR_ENV, Api } from '../../e2e/api.ts'
import { openSite } from '../../e2e/site.ts'
import { machine, ourVersions } from '../machine.ts'
import { writeResult } from '../write-result.ts'
import { drawnPng } from './large-case.ts'
import { childrenOf, memoryOf } from './memory-of.ts'

const { values } = parseArgs({
  options: {
    fields: { type: 'string', default: '300' },
    out: { type: 'string', default: 'bench/results/fields.json' },
  },
})
/** Fields of one case, which are analysed together. */
const TOGETHER = 10
/** Until the memory counts: what is loaded once is there, and what is kept has filled. */
const WARM = 100

/** kB a field more or less: the line of least squares through the points. */
function slope(points: readonly { fields: number; mb: number }[]): number {
  const mean = (of: (point: { fields: number; mb: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(({ fields }) => fields), mean(({ mb }) => mb)]
  const over = points.reduce((sum, { fields, mb }) => sum + (fields - x) * (mb - y), 0)
  return (1000 * over) / points.reduce((sum, { fields }) => sum + (fields - x) ** 2, 0)
}

const fields = Number(values.fields)
const site = await openSite(ADMINISTRATOR_ENV)
try {
  const api = await new Api(site.address).signIn()
  await api.referencesDrawn()
  const begun = performance.now()
  const over: { fields: number; seconds: number; serverMb: number; networksMb: number }[] = []
  for (let done = 0; done < fields; ) {
    const { id } = await api.newCase(`FIELDS-${done}`)
    for (let i = 0; i < TOGETHER && done < fields; i++, done++) {
      await api.upload(id, `field-${done}.png`, await drawnPng(done + 1))
    }
    await api.ok('POST', `/api/cases/${id}/analyses`, {})
    const { status } = await api.analysed(id)
    if (status !== 'done') throw new Error(`The analysis of ${done} fields: ${status}`)
    const networks = childrenOf(site.pid()).reduce((sum, pid) => sum + memoryOf(pid), 0)
    over.push({
      fields: done,
      seconds: (performance.now() - begun) / 1000,
      serverMb: memoryOf(site.pid()) / 1e6,
      networksMb: networks / 1e6,
    })
    const { serverMb, networksMb } = over.at(-1)!
    console.log(`${done} fields: server ${serverMb.toFixed(0)} MB, networks ${networksMb.toFixed(0)} MB`)
  }
  const last = over.filter((point) => point.fields > Math.min(WARM, fields / 3))
  const kbPerField = {
    server: slope(last.map((point) => ({ fields: point.fields, mb: point.serverMb }))),
    networks: slope(last.map((point) => ({ fields: point.fields, mb: point.networksMb }))),
  }
  console.log(`kB a field over the last ${last.length * TOGETHER}:`, kbPerField)
  const about = { date: new Date().toISOString(), machine: machine(), versions: ourVersions() }
  writeResult(values.out, { ...about, kbPerField, over }, 1)
} finally {
  await site.stop()
  rmSync(site.folder, { recursive: true, force: true })
}
