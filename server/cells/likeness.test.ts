/** What the real recogniser sees in the cells of a drawn field: kept, compared, and gone with them. */
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { drawField } from '../../testkit/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { describeFile } from '../hashing/describe-file.ts'
import { decodeEmbedding } from '../inference/embedding-code.ts'
import { insertCase } from './case-for-tests.ts'

const TYPES = { eosinophil: 1, erythroblast: 1, lymphocyte: 1 }
const FIELD = drawField({ seed: 5, width: 1000, height: 800, cells: 16, types: TYPES, umPerPixel: 0.1 })

describe.each(TEST_DATABASES)('likeness on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  let caseId: string
  let fieldId: string
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor')
    ;({ caseId, fieldId } = await insertCase(server.ports, []))
    const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'field.png')
    const { data, width, height } = FIELD
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file)
    const accepted = { bytes: statSync(file).size, sha256: (await describeFile(file)).sha256 }
    await server.ports.storage.put(`fields/${fieldId}`, file)
    const { db } = server.ports
    await db
      .updateTable('fields')
      .set({ status: 'waiting', width, height, ...accepted })
      .where('id', '=', fieldId)
      .execute()
    await analyse()
  })
  afterAll(() => server.close())

  async function analyse() {
    await doctor('POST', `/cases/${caseId}/analyses`, {})
    const status = async () => (await doctor('GET', `/cases/${caseId}/analyses`)).json()[0].status
    await vi.waitFor(async () => expect(await status()).toBe('done'), { timeout: 60_000, interval: 100 })
  }
  const cells = async () => (await doctor('GET', `/cases/${caseId}/cells`)).json().cells
  const kept = () =>
    server.ports.db
      .selectFrom('cell_embeddings')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('cell_id')
      .execute()
  const similar = async (id: string) => (await doctor('GET', `/cells/${id}/similar`)).json()

  test('an analysis keeps an embedding of every cell; another analysis keeps those of its own cells only', async () => {
    const first = await cells()
    expect(first.length).toBeGreaterThan(10)
    const ids = () => first.map(({ id }: { id: string }) => id).sort()
    expect((await kept()).map((row) => row.cell_id)).toEqual(ids())
    const { recogniser } = await server.ports.inference.models()
    for (const row of await kept()) {
      expect(row.recogniser).toBe(recogniser.sha256)
      const length = Math.hypot(...decodeEmbedding(row.embedding))
      expect(Math.abs(length / 127 - 1)).toBeLessThan(0.03)
    }
    const [settled] = first
    const changes = [{ id: settled.id, version: 1, set: { type: settled.type } }]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const [{ version }] = (await doctor('GET', `/cases/${caseId}/fields`)).json()
    await doctor('PATCH', `/fields/${fieldId}`, { version, umPerPixel: 0.1 })
    await analyse()
    const second = (await cells()).map(({ id }: { id: string }) => id)
    expect(second).toContain(settled.id)
    expect(second.filter((id: string) => ids().includes(id))).toEqual([settled.id])
    expect((await kept()).map((row) => row.cell_id)).toEqual(second.sort())
  })

  test('a cell is most like itself, and drawn cells of a type are liker than those of another', async () => {
    const all = await cells()
    const [one] = all.filter(({ type }: { type: string }) => type === 'eosinophil')
    const list = await similar(one.id)
    expect(list).toHaveLength(all.length)
    expect(list[0]).toEqual({ id: one.id, similarity: 1 })
    const values = list.map(({ similarity }: { similarity: number }) => similarity)
    expect(values).toEqual([...values].sort((a: number, b: number) => b - a))
    const typeOf = new Map(all.map(({ id, type }: { id: string; type: string }) => [id, type]))
    const mean = (type: string) => {
      const some = list.slice(1).filter(({ id }: { id: string }) => typeOf.get(id) === type)
      return (
        some.reduce((sum: number, { similarity }: { similarity: number }) => sum + similarity, 0) /
        some.length
      )
    }
    expect(mean('eosinophil')).toBeGreaterThan(mean('erythroblast') + 0.1)
  })

  test('removed cells are left out, and what another recogniser saw is not compared', async () => {
    const [one, two, three] = await cells()
    const changes = [{ id: two.id, version: two.version, set: { deleted: true } }]
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const { db } = server.ports
    const recogniser = 'f'.repeat(64)
    await db.updateTable('cell_embeddings').set({ recogniser }).where('cell_id', '=', three.id).execute()
    const ids = (await similar(one.id)).map(({ id }: { id: string }) => id)
    expect(ids).toContain(one.id)
    expect(ids).not.toContain(two.id)
    expect(ids).not.toContain(three.id)
    expect((await similar(three.id)).map(({ id }: { id: string }) => id)).toEqual([three.id])
    await db.deleteFrom('cell_embeddings').where('cell_id', '=', three.id).execute()
    expect(await similar(three.id)).toEqual([])
  })

  test('embeddings go with the field', async () => {
    await doctor('DELETE', `/fields/${fieldId}?force=true`)
    expect([await cells(), await kept()]).toEqual([[], []])
  })
})
