import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { png } from './images-for-tests.ts'
import { startUploads } from './uploads-for-tests.ts'

describe.each(TEST_DATABASES)('fields on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  let caseId: string
  beforeAll(async () => {
    on = await startUploads(await empty())
  })
  afterAll(() => on.server.close())
  beforeEach(async () => {
    caseId = await on.openCase()
  })

  test('a scale that is given sends the field to analysis again; a stale one is a conflict', async () => {
    await on.upload('a.png', await png(30))
    const [{ id }] = await on.fields()
    await on.server.ports.db.updateTable('fields').set({ status: 'analysed' }).where('id', '=', id).execute()
    const changed = await on.technician('PATCH', `/fields/${id}`, { version: 1, umPerPixel: 0.12 })
    expect(changed.json()).toMatchObject({
      umPerPixel: 0.12,
      scaleSource: 'given',
      status: 'waiting',
      version: 2,
    })
    const stale = await on.technician('PATCH', `/fields/${id}`, { version: 1, umPerPixel: 0.5 })
    expect([stale.statusCode, stale.json().details.umPerPixel]).toEqual([409, 0.12])
    expect((await on.technician('PATCH', `/fields/${id}`, { version: 2, umPerPixel: 0 })).statusCode).toBe(
      400,
    )
  })

  test('a field goes with its file, its pictures and its cells; reviewed cells and signatures hold it', async () => {
    const data = await png(40)
    await on.upload('a.png', data)
    const [{ id }] = await on.fields()
    await on.technician('GET', `/fields/${id}/image?width=32`)
    const flags = { touches_edge: 0, reviewed: 1, deleted: 0, origin: 'person' } as const
    const kind = { type: 'blast', suggested: 'blast' } as const
    const cell = {
      ...flags,
      ...kind,
      id: uuid(),
      case_id: caseId,
      field_id: id,
      analysis_id: null,
      x: 0,
      y: 0,
      width: 9,
      height: 9,
    }
    await on.server.ports.db
      .insertInto('cells')
      .values({
        ...cell,
        detection: 1,
        probability: 1,
        probabilities: '[]',
        regions: '[]',
        version: 1,
        updated_by: null,
        updated_at: 0,
      })
      .execute()
    const held = await on.technician('DELETE', `/fields/${id}`)
    expect([held.statusCode, held.json().code, held.json().details]).toEqual([
      409,
      'FIELD_REVIEWED',
      { reviewed: 1 },
    ])
    await on.setStatus('signed')
    expect((await on.technician('DELETE', `/fields/${id}?force=true`)).json().code).toBe('CASE_SIGNED')
    await on.setStatus('in_review')
    expect((await on.technician('DELETE', `/fields/${id}?force=true`)).statusCode).toBe(200)
    expect(await on.fields()).toEqual([])
    expect(
      await on.server.ports.db.selectFrom('cells').select('id').where('field_id', '=', id).execute(),
    ).toEqual([])
    await expect(on.server.ports.storage.localPath(`fields/${id}`)).rejects.toThrow()
    expect(
      readdirSync(join(on.server.ports.config.dataFolder, 'renditions')).filter((f) => f.startsWith(id)),
    ).toEqual([])
    expect((await on.technician('GET', `/fields/${id}/image`)).statusCode).toBe(404)
    await on.upload('a.png', data)
    expect(await on.fields()).toHaveLength(1)
  })
})
