/** A case counted in images and at the microscope: which count is reported, signed, listed and summed up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CellClass, Report } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { refreshDue } from '../summaries/refresh.ts'

const PASSWORD = 'correct horse battery'
const ACCEPTED = ['UNREVIEWED_LEFT', 'BELOW_TARGET', 'COUNT_NOT_CHOSEN']
const IN_IMAGES: CellClass[] = [
  ...Array<CellClass>(4).fill('blast'),
  ...Array<CellClass>(36).fill('segmented_neutrophil'),
]
const AT_MICROSCOPE = { blast: 1, segmented_neutrophil: 9 }

describe.each(TEST_DATABASES)('two counts of a case on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const get = async (url: string) => (await doctor('GET', `/cases/${url}`)).json()
  const report = (id: string): Promise<Report> => get(`${id}/report.json`)
  const codes = async (id: string) => (await get(`${id}/checks`)).map(({ code }: { code: string }) => code)
  const choose = async (id: string, reportedCount: string | null) => {
    const { version } = await get(id)
    return doctor('PATCH', `/cases/${id}`, { version, reportedCount })
  }
  const countedTwice = async () => {
    const { caseId } = await insertCase(server.ports, IN_IMAGES)
    await doctor('PUT', `/cases/${caseId}/manual-count`, { counts: AT_MICROSCOPE, version: 0 })
    return caseId
  }
  /** As the worklist and the statistics have it, before and after the case is summed up. */
  async function listed(id: string) {
    const row = async () => {
      const { items } = (await doctor('GET', '/cases?pageSize=200')).json()
      const { reviewed, blast } = items.find((one: { id: string }) => one.id === id)
      return [reviewed, Number(blast.percent.toFixed(2))]
    }
    const before = await row()
    while ((await refreshDue(server.ports.db)) > 0);
    expect(await row()).toEqual(before)
    const summary = await server.ports.db
      .selectFrom('case_summaries')
      .select(['counted', 'counted_blast', 'counted_from', 'cells'])
      .where('case_id', '=', id)
      .executeTakeFirstOrThrow()
    return { before, summary }
  }

  test('while nobody has chosen, that of the images is reported, and the signer is asked', async () => {
    const id = await countedTwice()
    expect(await get(id)).toMatchObject({ reportedCount: null })
    expect(await codes(id)).toContain('COUNT_NOT_CHOSEN')
    expect(await report(id)).toMatchObject({ basis: 'images', counted: 40 })
  })

  test.each([
    ['images', 40, 4, 0],
    ['microscope', 10, 1, 10],
    ['both', 50, 5, 10],
  ] as const)('%s: report, list and summary have %d cells', async (chosen, counted, blasts, reviewed) => {
    const id = await countedTwice()
    expect((await choose(id, chosen)).json()).toMatchObject({ reportedCount: chosen, version: 2 })
    expect(await codes(id)).not.toContain('COUNT_NOT_CHOSEN')
    const said = await report(id)
    expect(said).toMatchObject({ basis: chosen, counted, marksFrom: 200 })
    expect(said.sources).toMatchObject([
      { from: 'images', counted: 40 },
      { from: 'microscope', counted: 10 },
    ])
    const { before, summary } = await listed(id)
    expect(before).toEqual([reviewed, (100 * blasts) / counted])
    expect(summary).toEqual({ counted, counted_blast: blasts, counted_from: chosen, cells: 40 })
  })

  test('what was signed keeps both counts and the choice; the choice cannot be changed any more', async () => {
    const id = await countedTwice()
    await choose(id, 'both')
    const counts = { blast: 4, segmented_neutrophil: 36 }
    const body = { version: 2, password: PASSWORD, accepted: ACCEPTED }
    const unseen = await doctor('POST', `/cases/${id}/sign`, { ...body, counts: { blast: 5 } })
    expect(unseen.json().code).toBe('CHANGED_MEANWHILE')
    expect((await doctor('POST', `/cases/${id}/sign`, { ...body, counts })).statusCode).toBe(200)
    expect((await choose(id, 'images')).json().code).toBe('CASE_SIGNED')
    expect(await report(id)).toMatchObject({ basis: 'both', counted: 50, sources: [{ counted: 40 }, {}] })
    const csv = (await doctor('GET', `/cases/${id}/report.csv?lang=en`)).body
    for (const row of ['blast,Blast,5,10,', 'images_blast,"Blast, in images",4,10,', 'microscope_counted,'])
      expect(csv).toContain(row)
  })

  test('of two people who choose at once one is told; what is no count is refused', async () => {
    const id = await countedTwice()
    const [one, other] = await Promise.all([
      doctor('PATCH', `/cases/${id}`, { version: 1, reportedCount: 'both' }),
      doctor('PATCH', `/cases/${id}`, { version: 1, reportedCount: 'microscope' }),
    ])
    expect([one.statusCode, other.statusCode].sort()).toEqual([200, 409])
    expect((await doctor('PATCH', `/cases/${id}`, { version: 2, reportedCount: 'none' })).statusCode).toBe(
      400,
    )
    await server.app.journal.settle()
    const rows = await server.ports.db
      .selectFrom('audit')
      .select('detail')
      .where('case_id', '=', id)
      .where('event', '=', 'case.change')
      .where('status', '=', 200)
      .execute()
    expect(rows).toHaveLength(1)
    expect(rows[0]!.detail).toContain('reportedCount')
  })
})
