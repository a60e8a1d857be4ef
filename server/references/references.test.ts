import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_TYPES } from '../../cytology/index.ts'
import { cosine, loadKnownCells } from '../../vision/index.ts'
import { insertCase, turnOrder } from '../cells/case-for-tests.ts'
import { embeddingOf } from '../cells/similar-cells.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { decodeEmbedding, encodeEmbedding } from '../inference/embedding-code.ts'
import { readyReferences } from './drawn-references.ts'
import { readKnownCells } from './known-to.ts'
import { nearReferences } from './near-references.ts'

const BOX = { x: 68, y: 68, width: 120, height: 120 }

describe.each(TEST_DATABASES)('reference cells on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
    await readyReferences(server.ports)
  })
  afterAll(() => server.close())

  const list = async (query = '') => (await doctor('GET', `/references?drawn=true${query}`)).json()
  const near = async (cellId: string) => (await doctor('GET', `/cells/${cellId}/references`)).json()
  const rows = () => server.ports.db.selectFrom('reference_cells').selectAll().orderBy('id').execute()
  /** The neutrophil in the middle of a drawn field, seen by the network. */
  async function neutrophil(payload: object = {}) {
    const made = await insertCase(server.ports, [])
    const cell = (await doctor('POST', `/fields/${made.fieldId}/cells`, { box: BOX, ...payload })).json()
    return { ...made, cell }
  }

  test('the first are drawn, three of each type, once', async () => {
    const all = await list()
    for (const type of CELL_TYPES) {
      const some = all.filter((one: { type: string }) => one.type === type)
      expect(some).toHaveLength(3)
      expect(some[0]).toMatchObject({ origin: 'drawn', keptBy: null })
    }
    const before = await rows()
    await readyReferences(server.ports)
    expect(await rows()).toEqual(before)
    const answer = await doctor('GET', `/references/${all[0].id}/picture`)
    const { width, height, format } = await sharp(answer.rawPayload).metadata()
    expect([answer.headers['content-type'], width, height, format]).toEqual(['image/webp', 192, 192, 'webp'])
  })

  test('near references are sorted, with at least one of the two most probable types', async () => {
    const { cell } = await neutrophil()
    const { references } = await near(cell.id)
    expect(references.length).toBeGreaterThanOrEqual(6)
    const six = references.slice(0, 6).map(({ similarity }: { similarity: number }) => similarity)
    expect(six).toEqual([...six].sort((a: number, b: number) => b - a))
    const { vector } = (await embeddingOf(server.ports.db, cell.id))!
    const nearest = (await rows())
      .map(({ id, embedding }) => ({ id, similarity: cosine(vector, decodeEmbedding(embedding)) }))
      .sort((a, b) => b.similarity - a.similarity)
    expect(references.slice(0, 6).map(({ id }: { id: string }) => id)).toEqual(
      nearest.slice(0, 6).map(({ id }) => id),
    )
    const types = references.map(({ type }: { type: string }) => type)
    const { probabilities } = (await doctor('GET', `/cells/${cell.id}`)).json()
    const likely = CELL_TYPES.map((type, i) => ({ type, p: probabilities[i] as number })).sort(
      (a, b) => b.p - a.p,
    )
    expect(types).toContain(likely[0]!.type)
    expect(types).toContain(likely[1]!.type)
    expect(['segmented_neutrophil', 'band_neutrophil']).toContain(types[0]) // drawn, the two are near each other
  })

  test('the most probable types are those of the order that the cell’s analysis keeps', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['lymphocyte'])
    const before = await near(cellIds[0]!)
    expect(before.references[0].type).toBe('lymphocyte')
    await turnOrder(server.ports, caseId)
    expect((await near(cellIds[0]!)).references[0].type).toBe('lymphocyte')
  })

  test('a cell is laid beside the 20 labelled cells most like it, if their recogniser saw it', async () => {
    const { db, config } = server.ports
    const { cell } = await neutrophil()
    const stored = () => db.selectFrom('cell_embeddings').selectAll().where('cell_id', '=', cell.id)
    const { recogniser } = await stored().executeTakeFirstOrThrow()
    const set = (values: object) =>
      db.updateTable('cell_embeddings').set(values).where('cell_id', '=', cell.id).execute()
    const own = (await near(cell.id)).known
    const counts: number[] = own.types.map(({ count }: { count: number }) => count)
    expect(counts.reduce((a, b) => a + b)).toBe(20)
    expect(own.similarity).toBeGreaterThan(0.5)

    // One of the labelled cells themselves, a plasma cell among its like.
    const { labels, dimensions, embeddings } = (await loadKnownCells(config.modelsFolder, recogniser))!
    const at = dimensions * labels.indexOf(CELL_TYPES.indexOf('plasma_cell'))
    const vector = embeddings.subarray(at, at + dimensions)
    const length = Math.hypot(...vector)
    await set({ embedding: encodeEmbedding(Array.from(vector, (value) => value / length)) })
    const { known } = await near(cell.id)
    expect(known.types[0].type).toBe('plasma_cell')
    expect(known.similarity).toBeGreaterThan(0.9)

    await set({ recogniser: 'e'.repeat(64) })
    expect((await near(cell.id)).known).toBeNull()
  })

  test('an index that cannot be read is reported once, and the references are shown all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'marrowscope-models-'))
    writeFileSync(join(folder, 'known-cells.json'), '{}')
    const reported: Error[] = []
    const knownTo = readKnownCells(folder, (error) => reported.push(error))
    const { cell } = await neutrophil()
    for (let n = 0; n < 2; n++) {
      const { references, known } = await nearReferences(server.ports.db, knownTo, doctor.userId, cell.id)
      expect(references.length).toBeGreaterThanOrEqual(6)
      expect(known).toBeNull()
    }
    expect(reported).toMatchObject([{ code: 'KNOWN_CELLS_INVALID' }])
  })

  test('of a cell without an embedding its probable types are shown, not compared', async () => {
    const { cellIds } = await insertCase(server.ports, ['plasma_cell'])
    const { references, known } = await near(cellIds[0]!)
    expect(references.map(({ similarity }: { similarity: null }) => similarity)).toEqual(Array(6).fill(null))
    expect(references[0].type).toBe('plasma_cell')
    expect(known).toBeNull()
  })

  test('a reviewed cell is kept, once, and outlives its field with nothing of it but whose erasure takes it along', async () => {
    const { cell, caseId, fieldId } = await neutrophil()
    const unreviewed = await doctor('POST', `/cells/${cell.id}/reference`)
    expect([unreviewed.statusCode, unreviewed.json().code]).toEqual([409, 'CELL_UNREVIEWED'])
    const changes = [{ id: cell.id, version: 1, set: { type: 'segmented_neutrophil' } }]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const kept = (await doctor('POST', `/cells/${cell.id}/reference`)).json()
    expect(kept).toMatchObject({ type: 'segmented_neutrophil', origin: 'person', keptBy: 'A doctor' })
    expect((await doctor('POST', `/cells/${cell.id}/reference`)).json().id).toBe(kept.id)
    const crop = await doctor('GET', `/cells/${cell.id}/crop?size=192&um=22`)

    await doctor('DELETE', `/fields/${fieldId}?force=true`)
    const picture = await doctor('GET', `/references/${kept.id}/picture`)
    expect(picture.rawPayload.equals(crop.rawPayload)).toBe(true)
    const { exif, xmp, iptc } = await sharp(picture.rawPayload).metadata()
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined])
    const { case_id, ...rest } = (await rows()).find(({ id }) => id === kept.id)!
    expect(case_id).toBe(caseId)
    const row = JSON.stringify(rest)
    for (const trace of [caseId, fieldId, cell.id, '张三', '0815']) expect(row).not.toContain(trace)

    const twin = await neutrophil()
    const [nearest] = (await near(twin.cell.id)).references
    expect(nearest).toMatchObject({ id: kept.id, similarity: 1 })
    expect((await list('&type=segmented_neutrophil')).map(({ id }: { id: string }) => id)[0]).toBe(kept.id)
  })

  test('what a person kept can be removed, what was drawn cannot; who may only read does neither', async () => {
    const { cell } = await neutrophil({ type: 'basophil' })
    const { id } = (await doctor('POST', `/cells/${cell.id}/reference`)).json()
    const reader = await server.as('read_only')
    expect((await reader('POST', `/cells/${cell.id}/reference`)).statusCode).toBe(403)
    expect((await reader('DELETE', `/references/${id}`)).statusCode).toBe(403)
    expect((await doctor('DELETE', `/references/${id}`)).statusCode).toBe(200)
    expect((await doctor('GET', `/references/${id}/picture`)).statusCode).toBe(404)
    await expect(server.ports.storage.localPath(`references/${id}`)).rejects.toThrow()
    const [drawn] = (await list('&type=basophil')).filter(
      ({ origin }: { origin: string }) => origin === 'drawn',
    )
    expect((await doctor('DELETE', `/references/${drawn.id}`)).json().code).toBe('REFERENCE_DRAWN')
  })

  test('after an exchange of the recogniser the kept pictures are looked at anew', async () => {
    const { db } = server.ports
    const before = await rows()
    const old = { recogniser: 'e'.repeat(64), embedding: 'AAAA' }
    await db.updateTable('reference_cells').set(old).execute()
    const { cell } = await neutrophil()
    expect((await near(cell.id)).references[0].similarity).toBeNull()
    await readyReferences(server.ports)
    const after = await rows()
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(after.map(({ recogniser }) => recogniser)).toEqual(before.map(({ recogniser }) => recogniser))
    const [nearest] = (await near(cell.id)).references
    expect(nearest.type).toBe('segmented_neutrophil')
    expect(nearest.similarity).toBeGreaterThan(0.8)
  })
})
