import type { Static } from 'typebox'
import type { Ports } from '../ports.ts'
import { type InUse, nameOf, readInUse } from './in-use.ts'
import type { ModelsInUse } from './schemas.ts'

type Port = Pick<Ports, 'db' | 'config'>

/** The networks of the site by their cards, since when they are in use, and which networks the cases were read with. */
export async function modelsInUse(ports: Port): Promise<Static<typeof ModelsInUse>> {
  const models = await readInUse(ports.config.modelsFolder)
  const versions = await versionsOf(ports)
  const [detector, recogniser] = [nameOf(models.detector.card), nameOf(models.recogniser.card)]
  const marked = versions.map((one) => ({
    ...one,
    present: one.detector === detector && one.recogniser === recogniser,
  }))
  return {
    detector: await told(ports, models.detector),
    recogniser: await told(ports, models.recogniser),
    versions: marked,
    older: marked.reduce((sum, { present, cases }) => (present ? sum : sum + cases), 0),
  }
}

async function told({ db }: Port, { card, bytes }: InUse[keyof InUse]) {
  const { name, version, sha256, licence, limits, intendedUse } = card
  const { since } = await db
    .selectFrom('analyses')
    .select((e) => e.fn.min('started_at').as('since'))
    .where('models', 'like', `%${sha256}%`)
    .executeTakeFirstOrThrow()
  return {
    ...{ name, version, sha256, licence, bytes, limits, intendedUse },
    sinceAt: since === null ? null : Number(since),
    card: card as Record<string, unknown>,
  }
}

/** By pair of networks, the most used first; cases in which no network found anything are left out. */
async function versionsOf({ db }: Port) {
  const rows = await db
    .selectFrom('case_summaries')
    .select((e) => ['detector', 'recogniser', e.fn.countAll().as('cases'), e.fn.sum('cells').as('cells')])
    .where('recogniser', '!=', '')
    .groupBy(['detector', 'recogniser'])
    .execute()
  return rows
    .map(({ detector, recogniser, cases, cells }) => ({
      ...{ detector, recogniser },
      cases: Number(cases),
      cells: Number(cells),
    }))
    .sort((a, b) => b.cases - a.cases)
}
