import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import { CLASSES_NOW } from '../cells/stored-probabilities.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Cases, Cells, Database } from '../database/schema.ts'
import { markStale, refreshDue } from '../summaries/refresh.ts'

const DAY = 86_400_000
/** Cells of each class among 1,000 of a marrow, in CELL_CLASSES' order. */
const USUAL = [10, 40, 60, 80, 130, 220, 30, 5, 30, 140, 10, 235, 10]
const SITES = ['iliac', 'sternum', 'tibia']
const RECOGNISERS = ['0.1.0', '0.2.0']

export interface Filling {
  cases: number
  cellsPerCase: number
  /** First and last day received. */
  from?: string
  to?: string
  readers?: readonly string[]
  /** Share of the cells that the doctor calls something else, by the month of the year, 0…11. */
  corrected?: (month: number) => number
  seed?: number
}

/**
 * Fills a site with signed and reviewed cases, each of a patient of its own, by plain inserts, and sums them up. The same
 * again for the same seed, apart from ids. Returns the cases' ids.
 */
export async function fillSite(db: Kysely<Database>, filling: Filling): Promise<string[]> {
  const { cases, cellsPerCase, from = '2023-01-02', to = '2024-12-29', readers = [uuid()] } = filling
  const { corrected = () => 0.08, seed = 1 } = filling
  const random = randomFrom(seed)
  const first = Date.parse(from)
  const days = Math.max(1, Math.round((Date.parse(to) - first) / DAY) + 1)
  const ids: string[] = []
  for (let start = 0; start < cases; start += 100) {
    const rows = Array.from({ length: Math.min(100, cases - start) }, (_, i) => {
      const n = start + i
      const day = first + Math.floor((n * days) / cases) * DAY
      const signedAt = day + Math.round((0.3 + random() ** 2 * 6) * DAY)
      return caseRows(n + seed * 1_000_000, day, n % 10 === 9 ? null : signedAt, readers[n % readers.length]!)
    })
    const cells = rows.flatMap(({ caseRow, fieldId, analysis }, i) => {
      const month = new Date(caseRow.received_on).getUTCMonth()
      const shares = caseShares(start + i, random)
      return Array.from({ length: cellsPerCase }, (_, k) =>
        cell(caseRow.id, fieldId, analysis.id, shares, corrected(month), k, caseRow.created_at, random),
      )
    })
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('patients')
        .values(rows.map((row) => row.patient))
        .execute()
      await trx
        .insertInto('cases')
        .values(rows.map((row) => row.caseRow))
        .execute()
      await trx
        .insertInto('slides')
        .values(rows.map((row) => row.slide))
        .execute()
      await trx
        .insertInto('fields')
        .values(rows.map((row) => row.field))
        .execute()
      await trx
        .insertInto('analyses')
        .values(rows.map((row) => row.analysis))
        .execute()
      const signatures = rows.flatMap((row) => row.signature)
      if (signatures.length > 0) await trx.insertInto('signatures').values(signatures).execute()
      for (const chunk of inChunks(cells)) await trx.insertInto('cells').values(chunk).execute()
    })
    ids.push(...rows.map(({ caseRow }) => caseRow.id))
  }
  await markStale(db)
  while ((await refreshDue(db)) > 0);
  return ids
}

function caseRows(n: number, day: number, signedAt: number | null, reader: string) {
  const [caseId, patientId, slideId, fieldId, analysisId] = [uuid(), uuid(), uuid(), uuid(), uuid()]
  const created = day + 8 * 3_600_000
  const common = { version: 1, created_at: created } as const
  const year = 1930 + (n % 80)
  const caseRow: Selectable<Cases> = {
    id: caseId,
    patient_id: patientId,
    marrow_number: `M-${n}`,
    marrow_number_key: `m-${n}`,
    site: SITES[n % 3]!,
    stain: 'Wright-Giemsa',
    diagnosis: n % 4 === 0 ? 'AML, follow-up' : '缺铁性贫血?',
    clinical_note: '',
    archived: 0,
    received_on: new Date(day).toISOString().slice(0, 10),
    status: signedAt === null ? 'in_review' : 'signed',
    target: 200,
    counting_rule: 'icsh_2008',
    counting_rule_version: 1,
    me_rule: 'me_icsh_2008',
    reader_id: reader,
    synthetic: 0,
    images_removed_at: null,
    former_numbers: null,
    reported_count: null,
    requester: '',
    ...common,
    created_by: reader,
    updated_at: created,
  }
  const models = {
    detector: { name: 'detector', version: '0.1.0', sha256: 'aa'.repeat(32) },
    recogniser: { name: 'recogniser', version: RECOGNISERS[n % 2]!, sha256: 'bb'.repeat(32) },
  }
  return {
    fieldId,
    patient: {
      id: patientId,
      hospital_number: `H-${n}`,
      hospital_number_key: `h-${n}`,
      name: `Patient ${n}`,
      sex: n % 2 ? ('female' as const) : ('male' as const),
      birth_date: `${year}-03-04`,
      ...common,
    },
    caseRow,
    slide: { id: slideId, case_id: caseId, label: '1', created_at: created },
    field: {
      id: fieldId,
      slide_id: slideId,
      case_id: caseId,
      number: 1,
      file_name: `field-${n}.png`,
      sha256: fieldId.replaceAll('-', '').padEnd(64, '0'),
      bytes: 1,
      width: 2560,
      height: 1920,
      um_per_pixel: 0.1,
      scale_source: 'given' as const,
      warnings: '[]',
      storage_key: `fields/${fieldId}`,
      status: 'analysed' as const,
      error: null,
      ...common,
    },
    analysis: {
      id: analysisId,
      case_id: caseId,
      status: 'done' as const,
      total: 1,
      done: 1,
      cells: 1,
      models: JSON.stringify(models),
      classes: CLASSES_NOW,
      error: null,
      created_by: reader,
      created_at: created,
      started_at: created,
      finished_at: created,
    },
    signature:
      signedAt === null
        ? []
        : [
            {
              id: uuid(),
              case_id: caseId,
              number: 1,
              kind: 'signature' as const,
              user_id: reader,
              at: signedAt,
              text: '',
              snapshot: '{}',
              sha256: '0'.repeat(64),
            },
          ],
  }
}

/** Each case has its own mixture, around the usual one; one in ten has many blasts. */
function caseShares(n: number, random: () => number): number[] {
  const blasts = n % 10 === 3 ? 300 + 700 * random() : 0
  const weights = USUAL.map((w, i) => w * (0.4 + 1.2 * random()) + (i === 0 ? blasts : 0))
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => w / sum)
}

function cell(
  caseId: string,
  fieldId: string,
  analysisId: string,
  shares: readonly number[],
  corrected: number,
  k: number,
  at: number,
  random: () => number,
): Selectable<Cells> {
  const suggested = draw(shares, random)
  const reviewed = random() < 0.9
  // A person's other name is mostly that of a neighbour in maturation.
  const other = CELL_CLASSES[(CELL_CLASSES.indexOf(suggested) + (random() < 0.8 ? 1 : 4)) % 12]!
  const probability = Math.round((0.35 + 0.65 * Math.sqrt(random())) * 1e4) / 1e4
  return {
    id: uuid(),
    case_id: caseId,
    field_id: fieldId,
    analysis_id: analysisId,
    x: (k * 61) % 2400,
    y: (k * 97) % 1800,
    width: 90,
    height: 90,
    detection: 0.9,
    type: reviewed && random() < corrected ? other : suggested,
    suggested,
    subtype: null,
    tags: null,
    probability,
    probabilities: JSON.stringify(
      CELL_CLASSES.map((type) =>
        type === suggested ? probability : Number(((1 - probability) / 12).toFixed(4)),
      ),
    ),
    regions: '[]',
    unfamiliar: 0,
    touches_edge: 0,
    origin: 'model',
    reviewed: reviewed ? 1 : 0,
    confirmed: reviewed ? (k % 4 === 3 ? 'together' : 'singly') : null,
    deleted: random() < 0.01 ? 1 : 0,
    version: 1,
    updated_by: null,
    updated_at: at,
  }
}

function draw(shares: readonly number[], random: () => number): CellClass {
  let left = random()
  for (const [i, share] of shares.entries()) {
    left -= share
    if (left < 0) return CELL_CLASSES[i]!
  }
  return 'not_identifiable'
}

/** mulberry32, uniform in 0..1. */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
