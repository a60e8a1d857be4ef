import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import { saveField } from '../analyses/save-field.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { insertAnalysis, insertCase, turnOrder } from './case-for-tests.ts'
import { CLASSES_NOW, probabilitiesOf, readProbabilities, storedFor } from './stored-probabilities.ts'

/** Each class has a probability of its own. */
const ALL = Object.fromEntries(CELL_CLASSES.map((id, i) => [id, i / 100])) as Record<CellClass, number>

test('what is stored is read again, whatever the classes are by then', () => {
  expect(JSON.parse(storedFor(CLASSES_NOW, ALL))).toEqual(CELL_CLASSES.map((id) => ALL[id]))
  const before = JSON.stringify(CELL_CLASSES.slice(1))
  for (const classes of [CLASSES_NOW, before]) {
    expect(probabilitiesOf(storedFor(classes, ALL), classes)).toEqual(ALL)
  }
  const [first, second] = CELL_CLASSES
  const known = probabilitiesOf('[0.7,0.3]', JSON.stringify([second, first]))
  expect(known).toEqual({ [second]: 0.7, [first]: 0.3 })
})

describe.each(TEST_DATABASES)('probabilities on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  const detail = async (id: string) => (await doctor('GET', `/cells/${id}`)).json()

  test('a cell of an analysis with another order is told as any other', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['blast', 'monocyte'])
    const before = await Promise.all(cellIds.map(detail))
    expect(before[1].probabilities.indexOf(0.8)).toBe(CELL_CLASSES.indexOf('monocyte'))
    await turnOrder(server.ports, caseId)
    expect(await Promise.all(cellIds.map(detail))).toEqual(before)
  })

  test('a queued analysis keeps the order of its day; one from before a class was added gets cells that are read right', async () => {
    const { db } = server.ports
    const { caseId, fieldId } = await insertCase(server.ports, [])
    const analysisId = await insertAnalysis(server.ports, caseId)
    const classes = JSON.stringify(CELL_CLASSES.toReversed().slice(1))
    await db.updateTable('analyses').set({ classes }).where('id', '=', analysisId).execute()
    await db.updateTable('fields').set({ status: 'waiting' }).where('id', '=', fieldId).execute()
    const cell = {
      ...{ id: '', box: [1, 2, 30, 40] as const, detection: 0.9, type: 'blast', probability: 0.8 },
      ...{ probabilities: ALL, regions: [], unfamiliar: false, touchesEdge: false, doubtful: false },
      embedding: '',
    }
    const scale = { umPerPixel: 0.1, source: 'given' } as const
    const result = { file: '', width: 256, height: 256, scale, warnings: [], cells: [cell], recogniser: '' }
    await saveField(db, analysisId, { id: fieldId, case_id: caseId, version: 1 }, result as never)
    const { id } = await db
      .selectFrom('cells')
      .select('id')
      .where('field_id', '=', fieldId)
      .executeTakeFirstOrThrow()
    expect(await readProbabilities(db, id)).toEqual(ALL)

    await db.updateTable('analyses').set({ status: 'done' }).where('id', '=', analysisId).execute()
    await db.updateTable('fields').set({ status: 'waiting' }).where('id', '=', fieldId).execute()
    const queued = (await doctor('POST', `/cases/${caseId}/analyses`, {})).json()
    const row = await db
      .selectFrom('analyses')
      .select('classes')
      .where('id', '=', queued.id)
      .executeTakeFirstOrThrow()
    expect(row.classes).toBe(CLASSES_NOW)
  })
})
