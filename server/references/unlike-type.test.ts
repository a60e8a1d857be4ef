import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CellClass } from '../../cytology/index.ts'
import { seededRandom } from '../../testkit/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { encodeEmbedding } from '../inference/embedding-code.ts'

const RECOGNISER = 'c'.repeat(64)
const KINDS = ['blast', 'lymphocyte', 'erythroblast'] as const
const EACH = 30
/** What the cells look like; as they are called they are alike but for what a test plants. */
const LOOKS: CellClass[] = KINDS.flatMap((type) => Array(EACH).fill(type))

describe.each(TEST_DATABASES)('cells unlike their type on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  /** A case whose cells look as LOOKS has it; `called` names some of them otherwise, and the network is as sure of these. */
  async function made(called: Record<number, CellClass> = {}) {
    const { db } = server.ports
    const made = await insertCase(
      server.ports,
      LOOKS.map((type, i) => called[i] ?? type),
    )
    const random = seededRandom(3)
    const rows = made.cellIds.map((cell_id, i) => {
      const of = KINDS.indexOf(LOOKS[i] as (typeof KINDS)[number])
      const vector = Array.from({ length: 16 }, (_, k) => (k === of ? 1 : 0.2 * random.normal()))
      const length = Math.hypot(...vector)
      const embedding = encodeEmbedding(vector.map((x) => x / length))
      return { cell_id, case_id: made.caseId, recogniser: RECOGNISER, embedding }
    })
    await db.insertInto('cell_embeddings').values(rows).execute()
    return made
  }
  const review = (caseId: string, ids: readonly string[], set: object, who = doctor, version = 1) =>
    who('POST', `/cases/${caseId}/changes`, { changes: ids.map((id) => ({ id, version, set })) })
  const unlike = async (caseId: string, who = doctor): Promise<{ id: string; unlike: number }[]> => {
    const answer = await who('GET', `/cases/${caseId}/unlike-type`)
    expect(answer.statusCode).toBe(200)
    return answer.json()
  }
  const first = async (caseId: string, n: number, who = doctor) =>
    (await unlike(caseId, who)).slice(0, n).map(({ id }) => id)
  /** Ten of each kind, which a person has looked at. */
  const usual = (cellIds: readonly string[]) => cellIds.filter((_, i) => i % EACH < 10)

  test('confidently wrong ones come first once some cells of each type are confirmed', async () => {
    const planted = { 15: 'lymphocyte', 50: 'erythroblast', 80: 'blast' } as const
    const { caseId, cellIds } = await made(planted)
    await review(caseId, usual(cellIds), { reviewed: true })
    const wrong = Object.keys(planted).map((i) => cellIds[Number(i)]!)
    expect((await first(caseId, 3)).sort()).toEqual([...wrong].sort())
    const scoreOf = async (id: string) => (await unlike(caseId)).find((one) => one.id === id)!.unlike
    const before = await scoreOf(wrong[0]!)
    // Of one that is named rightly the network alone still says otherwise; a removed one is gone.
    await review(caseId, [wrong[0]!], { type: 'blast' })
    await review(caseId, [wrong[1]!], { deleted: true })
    const now = await unlike(caseId)
    expect(now[0]!.id).toBe(wrong[2])
    expect(before - (await scoreOf(wrong[0]!))).toBeGreaterThan(0.2)
    expect(now).toHaveLength(LOOKS.length - 1)
  })

  test('without an embedding, or others of its type, the network decides alone', async () => {
    const { caseId, cellIds } = await made()
    const { db } = server.ports
    await db.deleteFrom('cell_embeddings').where('cell_id', '=', cellIds[0]!).execute()
    await db.updateTable('cells').set({ probability: 0.4 }).where('id', '=', cellIds[0]!).execute()
    await db.updateTable('cells').set({ probability: 0.3 }).where('id', '=', cellIds[40]!).execute()
    const all = await unlike(caseId)
    expect(all.slice(0, 2)).toEqual([
      // Nothing was kept of this one; the other's neighbours have its type.
      { id: cellIds[0], unlike: 0.6 },
      { id: cellIds[40], unlike: 0.35 },
    ])
    // Named otherwise, it is the network's probability of that name which counts.
    await review(caseId, [cellIds[7]!], { type: 'monocyte' })
    expect((await unlike(caseId))[0]).toEqual({ id: cellIds[7], unlike: 0.9833 })
  })

  test('a blind reader is answered by his own names; those of the first reader make no difference', async () => {
    const { caseId, cellIds } = await made()
    const second = await server.as('doctor', 'another horse battery')
    await review(caseId, usual(cellIds), { reviewed: true })
    const given = await doctor('POST', `/cases/${caseId}/second-readings`, { readerId: second.userId })
    expect(given.statusCode).toBe(200)
    const before = await unlike(caseId, second)
    await review(caseId, [cellIds[20]!], { type: 'erythroblast' })
    expect(await first(caseId, 1)).toEqual([cellIds[20]])
    expect(await unlike(caseId, second)).toEqual(before)
    await review(caseId, usual(cellIds), { reviewed: true }, second)
    await review(caseId, [cellIds[50]!], { type: 'blast' }, second)
    expect(await first(caseId, 1, second)).toEqual([cellIds[50]])
    expect(await first(caseId, 1)).toEqual([cellIds[20]])
  })

  test('references that persons kept are compared with', async () => {
    const { caseId, cellIds } = await made({ 15: 'lymphocyte' })
    const kept = (await server.ports.db.selectFrom('cell_embeddings').selectAll().execute()).filter(
      ({ case_id }) => case_id === caseId,
    )
    const rows = [...KINDS.keys()].map((of) => ({
      ...{ id: v7(), type: KINDS[of]!, origin: 'person' as const, note: '', storage_key: `none-${of}` },
      ...{ recogniser: RECOGNISER, created_by: doctor.userId, created_at: 1, case_id: null },
      embedding: kept.find(({ cell_id }) => cell_id === cellIds[of * EACH])!.embedding,
    }))
    await server.ports.db.insertInto('reference_cells').values(rows).execute()
    expect(await first(caseId, 1)).toEqual([cellIds[15]])
  })

  test('a case that is not there is not found', async () => {
    expect((await doctor('GET', `/cases/${v7()}/unlike-type`)).statusCode).toBe(404)
  })
})
