import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES, CELL_TYPES, DOUBTFUL_BELOW } from '../../cytology/index.ts'
import { saveField } from '../analyses/save-field.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import { insertAnalysis, insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { markAll, refresh, refreshDue } from './refresh.ts'
import { sumUp } from './sum-up.ts'

const PASSWORD = 'correct horse battery'
const TYPES = CELL_CLASSES.slice(0, 4)

/** What a person may do to a case, one after the other; the number chooses among the cells there are. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('name' as const), at: fc.nat(20), type: fc.constantFrom(...TYPES) }),
  fc.record({ kind: fc.constant('confirm' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('together' as const), at: fc.nat(20), type: fc.constantFrom(...TYPES) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('undo' as const) }),
  fc.record({ kind: fc.constant('again' as const) }),
  fc.record({ kind: fc.constant('site' as const), site: fc.constantFrom('iliac', 'sternum') }),
  fc.record({ kind: fc.constant('microscope' as const), blasts: fc.nat(9) }),
  // Rare, for a case without a field has nothing left to do.
  fc.record({ kind: fc.constant('field' as const), luck: fc.nat(3) }),
)

describe.each(TEST_DATABASES)('summaries on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const settled = async () => {
    while ((await refreshDue(server.ports.db)) > 0);
  }
  const summaryOf = (id: string) =>
    server.ports.db
      .selectFrom('case_summaries')
      .selectAll()
      .where('case_id', '=', id)
      .executeTakeFirstOrThrow()

  const singly = (cell: { reviewed: number; confirmed: string | null }) =>
    cell.reviewed === 1 && cell.confirmed === 'singly'

  /** Counted one cell at a time, from what the tables hold. */
  async function counted(id: string) {
    const { db } = server.ports
    const all = await db.selectFrom('cells').selectAll().where('case_id', '=', id).execute()
    const cells = all.filter((cell) => !cell.deleted)
    const manual = await db
      .selectFrom('manual_counts')
      .select('counts')
      .where('case_id', '=', id)
      .executeTakeFirst()
    const byHand = cells.length === 0 && manual ? JSON.parse(manual.counts) : undefined
    const expected: Record<string, number | string> = {
      cells: cells.length,
      reviewed: cells.filter((cell) => cell.reviewed).length,
      corrected: cells.filter((cell) => cell.reviewed && cell.type !== cell.suggested).length,
      singly: cells.filter(singly).length,
      together: cells.filter((cell) => cell.reviewed && cell.confirmed === 'together').length,
      corrected_singly: cells.filter((cell) => singly(cell) && cell.type !== cell.suggested).length,
      doubtful: cells.filter((cell) => !cell.reviewed && cell.probability < DOUBTFUL_BELOW).length,
    }
    for (const type of CELL_CLASSES) {
      expected[`counted_${type}`] = byHand?.[type] ?? cells.filter((cell) => cell.type === type).length
      expected[`suggested_${type}`] = all.filter((c) => c.origin === 'model' && c.suggested === type).length
      expected[`confirmed_${type}`] = cells.filter(
        (cell) => cell.reviewed && cell.type === type && cell.suggested === type,
      ).length
      expected[`singly_${type}`] = cells.filter(
        (cell) => singly(cell) && cell.type === type && cell.suggested === type,
      ).length
    }
    for (const what of ['counted', 'suggested']) {
      expected[what] = CELL_TYPES.reduce((sum, type) => sum + Number(expected[`${what}_${type}`]), 0)
      expected[`${what}_list`] = CELL_TYPES.map((type) => expected[`${what}_${type}`]).join()
    }
    const pairs: Record<string, [count: number, singly: number]> = {}
    for (const cell of cells) {
      if (!cell.reviewed || cell.suggested === cell.type) continue
      const [count, alone] = pairs[`${cell.suggested} ${cell.type}`] ?? [0, 0]
      pairs[`${cell.suggested} ${cell.type}`] = [count + 1, alone + (singly(cell) ? 1 : 0)]
    }
    return { expected, pairs }
  }

  async function expectEqual(id: string) {
    const { expected, pairs } = await counted(id)
    expect(await summaryOf(id)).toMatchObject(expected)
    const rows = await server.ports.db
      .selectFrom('case_corrections')
      .selectAll()
      .where('case_id', '=', id)
      .execute()
    expect(
      Object.fromEntries(rows.map((row) => [`${row.suggested} ${row.type}`, [row.count, row.singly]])),
    ).toEqual(pairs)
  }

  async function act(caseId: string, fieldId: string, one: Parameters<Parameters<typeof step.map>[0]>[0]) {
    const { db } = server.ports
    const change = (id: string, version: number, set: object) =>
      doctor('POST', `/cases/${caseId}/changes`, { changes: [{ id, version, set }] })
    const cells = await db
      .selectFrom('cells')
      .select(['id', 'version', 'deleted'])
      .where('case_id', '=', caseId)
      .orderBy('id')
      .execute()
    if (one.kind === 'again') {
      const { version } = await db
        .updateTable('fields')
        .set({ status: 'waiting' })
        .where('id', '=', fieldId)
        .execute()
        .then(() => db.selectFrom('fields').select('version').where('id', '=', fieldId).executeTakeFirst())
        .then((row) => row ?? { version: 0 })
      const scale = { umPerPixel: 0.1, source: 'given' } as const
      const nothing = { file: '', width: 256, height: 256, scale, warnings: [], cells: [], recogniser: '' }
      const analysisId = await insertAnalysis(server.ports, caseId)
      const saved = await saveField(db, analysisId, { id: fieldId, version, case_id: caseId }, nothing)
      await db.updateTable('analyses').set({ status: 'done' }).where('id', '=', analysisId).execute()
      return saved
    }
    if (one.kind === 'site') {
      const { version } = (await doctor('GET', `/cases/${caseId}`)).json()
      return doctor('PATCH', `/cases/${caseId}`, { version, site: one.site })
    }
    if (one.kind === 'microscope') {
      const { version } = (await doctor('GET', `/cases/${caseId}/manual-count`)).json()
      return doctor('PUT', `/cases/${caseId}/manual-count`, { version, counts: { blast: one.blasts } })
    }
    if (one.kind === 'field') {
      return one.luck === 0 ? doctor('DELETE', `/fields/${fieldId}?force=true`) : undefined
    }
    if (one.kind === 'undo') {
      const [last] = (await doctor('GET', `/cases/${caseId}/changes`)).json().slice(-1)
      const undone = (last?.changes ?? []).flatMap(
        ({ cellId, before }: { cellId: string; before: object }) => {
          const cell = cells.find(({ id }) => id === cellId)
          return cell ? [{ id: cellId, version: cell.version, set: before }] : []
        },
      )
      return undone.length > 0 ? doctor('POST', `/cases/${caseId}/changes`, { changes: undone }) : undefined
    }
    if (cells.length === 0) return
    const cell = cells[one.at % cells.length]!
    if (one.kind === 'together') {
      const some = [...new Set([cell, cells[(one.at + 1) % cells.length]!])]
      const changes = some.map(({ id, version }) => ({ id, version, set: { type: one.type } }))
      return doctor('POST', `/cases/${caseId}/changes`, { changes })
    }
    if (one.kind === 'name') return change(cell.id, cell.version, { type: one.type })
    if (one.kind === 'confirm') return change(cell.id, cell.version, { reviewed: true })
    return change(cell.id, cell.version, { deleted: !cell.deleted })
  }

  test('they equal what is counted from the cells after any edits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...TYPES, 'not_identifiable' as const), { maxLength: 12 }),
        fc.array(step, { maxLength: 12 }),
        async (types, steps) => {
          const { caseId, fieldId } = await insertCase(server.ports, types)
          await refresh(server.ports.db, [caseId])
          for (const one of steps) await act(caseId, fieldId, one)
          await settled()
          await expectEqual(caseId)
          const { site } = (await doctor('GET', `/cases/${caseId}`)).json()
          expect((await summaryOf(caseId)).site).toBe(site)
        },
      ),
      { numRuns: 8 },
    )
  })

  test('signing and an addendum show in them', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const changes = [{ id: cellIds[0], version: 1, set: { type: 'promyelocyte' } }]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    await settled()
    expect(await summaryOf(caseId)).toMatchObject({ status: 'in_review', signed_at: null, turnaround: null })
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
    const before = Date.now()
    const { statusCode } = await doctor('POST', `/cases/${caseId}/sign`, {
      version: 1,
      password: PASSWORD,
      accepted,
    })
    expect(statusCode).toBe(200)
    await settled()
    const signed = await summaryOf(caseId)
    expect(signed).toMatchObject({ status: 'signed', corrected: 1 })
    expect(signed.signed_at).toBeGreaterThanOrEqual(before)
    expect(signed.turnaround).toBe(signed.signed_at! - 1_700_000_000_000)
    await expectEqual(caseId)
    await doctor('POST', `/cases/${caseId}/addenda`, { text: 'x', password: PASSWORD })
    await settled()
    expect(await summaryOf(caseId)).toMatchObject({ status: 'addended', signed_at: signed.signed_at })
  })

  test('an analysis by the networks, and the same again after a review, shows in them', async () => {
    const { caseId } = await insertCase(server.ports, [])
    await server.ports.db
      .updateTable('fields')
      .set({ status: 'waiting' })
      .where('case_id', '=', caseId)
      .execute()
    const analyse = async (fieldIds?: string[]) => {
      await doctor('POST', `/cases/${caseId}/analyses`, fieldIds ? { fieldIds } : {})
      // The case says so last of all.
      await expect
        .poll(async () => (await doctor('GET', `/cases/${caseId}`)).json().status, { timeout: 60_000 })
        .toBe('in_review')
      await settled()
      await expectEqual(caseId)
      return summaryOf(caseId)
    }
    const first = await analyse()
    expect(first).toMatchObject({ status: 'in_review', recogniser: expect.stringMatching(/\d+\.\d+\.\d+$/) })
    expect(first.cells).toBeGreaterThan(0)
    const { cells } = (await doctor('GET', `/cases/${caseId}/cells`)).json()
    const changes = [{ id: cells[0].id, version: cells[0].version, set: { type: 'basophil' } }]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const again = await analyse([cells[0].fieldId])
    expect(again).toMatchObject({ reviewed: 1, counted_basophil: 1 })
  })

  test('a change while it is summed up is not lost, nor what a rebuild finds', async () => {
    const { db } = server.ports
    const { caseId, cellIds } = await insertCase(server.ports, Array(20).fill('blast'))
    await Promise.all([
      ...cellIds.map((id) =>
        doctor('POST', `/cases/${caseId}/changes`, {
          changes: [{ id, version: 1, set: { type: 'monocyte' } }],
        }),
      ),
      ...Array.from({ length: 5 }, () => refreshDue(db)),
    ])
    await settled()
    await expectEqual(caseId)
    expect(await summaryOf(caseId)).toMatchObject({ corrected: 20 })
    await db.updateTable('cells').set({ type: 'basophil' }).where('id', '=', cellIds[0]!).execute()
    await db.deleteFrom('case_corrections').execute()
    expect(await markAll(db)).toBeGreaterThan(0)
    await settled()
    await expectEqual(caseId)
    const [row] = (await sumUp(db, [caseId], 1)).summaries
    expect({ ...(await summaryOf(caseId)), summed_at: 1 }).toEqual(row)
  })

  test('others get their turn while many cases are summed up', async () => {
    const { db } = server.ports
    for (let i = 0; i < 3; i++) {
      const ids = Array.from({ length: 50 }, () => uuid())
      await summaryDue(db, ...ids)
    }
    let turns = 0
    const others = setInterval(() => turns++, 0)
    await refreshDue(db)
    clearInterval(others)
    expect(turns).toBeGreaterThanOrEqual(2)
  })
})
