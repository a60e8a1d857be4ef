/** An image that was lost or replaced behind the server's back: its field alone is out of use until it is restored. */
import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawField } from '../../testkit/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startUploads } from '../fields/uploads-for-tests.ts'
import { checkPortion } from './check-images.ts'
import { sampleOf } from './sample.ts'

const PASSWORD = 'correct horse battery'
const smear = (seed: number) => {
  const { data, width, height } = drawField({ seed, width: 480, height: 360, umPerPixel: 0.2, cells: 2 })
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

describe.each(TEST_DATABASES)('images on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  let doctor: Awaited<ReturnType<typeof on.server.as>>
  let administrator: typeof doctor
  let caseId: string
  beforeAll(async () => {
    on = await startUploads(await empty())
    doctor = await on.server.as('doctor', PASSWORD)
    administrator = await on.server.as('administrator')
  })
  afterAll(() => on.server.close())
  beforeEach(async () => {
    caseId = await on.openCase()
    for (const seed of [1, 2, 3]) await on.upload(`${seed}.png`, await smear(seed), { umPerPixel: '0.2' })
  })

  const fileOf = async (number: number) => {
    const { db, storage } = on.server.ports
    const row = await db
      .selectFrom('fields')
      .select(['id', 'storage_key'])
      .where('case_id', '=', caseId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const file = await storage.localPath(row.storage_key)
    const kept = `${file}.kept`
    copyFileSync(file, kept)
    return { id: row.id, file, restore: () => copyFileSync(kept, file) }
  }
  async function analyse() {
    await on.technician('POST', `/cases/${caseId}/analyses`, {})
    const latest = async () => (await on.technician('GET', `/cases/${caseId}/analyses`)).json()[0]
    await expect.poll(async () => (await latest()).status, { timeout: 60_000 }).toBe('done')
  }
  const states = async () =>
    (await on.fields()).map((one: Record<string, unknown>) => [one.status, one.imageFault])
  const health = async () => {
    const { parts } = (await administrator('GET', '/administration/health')).json()
    return parts.find((one: { part: string }) => one.part === 'images')
  }
  const night = () => checkPortion(on.server.ports, new AbortController().signal)
  const codeOf = async (url: string) => (await doctor('GET', url)).json().code

  /** As long as the one that it replaces, and also an image. */
  function replace(file: string) {
    const bytes = readFileSync(file)
    bytes[bytes.length - 40] = bytes[bytes.length - 40]! ^ 1
    writeFileSync(file, bytes)
  }

  test('a lost and a replaced one fail alone, and the analysis of the others goes on', async () => {
    const [lost, replaced] = [await fileOf(1), await fileOf(2)]
    rmSync(lost.file)
    replace(replaced.file)
    await analyse()
    expect(await states()).toEqual([
      ['failed', 'missing'],
      ['failed', 'changed'],
      ['analysed', null],
    ])
    expect((await on.fields())[1].error).toBe(
      'The image of field 2 was changed or is missing; restore it from the backup.',
    )
    for (const { id } of [lost, replaced])
      expect(await codeOf(`/fields/${id}/image?width=96`)).toBe('IMAGE_DAMAGED')
    expect((await doctor('GET', `/fields/${(await fileOf(3)).id}/image?width=96`)).statusCode).toBe(200)
    const drawn = { box: { x: 40, y: 40, width: 60, height: 60 } }
    expect((await doctor('POST', `/fields/${replaced.id}/cells`, drawn)).json().code).toBe('IMAGE_DAMAGED')
    const told = await health()
    expect(told).toMatchObject({
      state: 'broken',
      code: 'IMAGES_DAMAGED',
      values: { damaged: 2, missing: 1 },
    })
    expect(told.values.where).toMatch(/^U-\d+\/1, U-\d+\/2$/)

    // Restored, they are used at once, and the night tells that all is well.
    lost.restore()
    replaced.restore()
    expect((await doctor('GET', `/fields/${replaced.id}/image?width=96`)).statusCode).toBe(200)
    await analyse()
    await night()
    expect(await states()).toEqual(Array(3).fill(['analysed', null]))
    // Health is asked anew every few seconds.
    const well = { state: 'ok', code: 'IMAGES_OK', values: { damaged: 0 } }
    await expect.poll(health, { timeout: 20_000 }).toMatchObject(well)
    const events = (await administrator('GET', `/audit?case=${caseId}&event=field.image`)).json().items
    expect(events.map((row: { detail: object }) => row.detail)).toContainEqual({
      before: { imageFault: null },
      after: { imageFault: 'changed' },
    })
  })

  test('cells of a field that was replaced after its analysis are not shown as right, those of others are', async () => {
    await analyse()
    const { id, file } = await fileOf(1)
    replace(file)
    const cells = (await doctor('GET', `/cases/${caseId}/cells`)).json().cells
    const of = (field: boolean) =>
      cells.find(({ fieldId }: { fieldId: string }) => (fieldId === id) === field)
    expect(await codeOf(`/cells/${of(true).id}/crop`)).toBe('IMAGE_DAMAGED')
    expect(await codeOf(`/cells/${of(true).id}/measurements`)).toBe('IMAGE_DAMAGED')
    expect((await doctor('GET', `/cells/${of(false).id}/crop`)).statusCode).toBe(200)
  })

  test('what no sample shows is found at night, and stays found until the whole is right', async () => {
    const { db } = on.server.ports
    const data = await sharp({
      create: {
        width: 700,
        height: 500,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png({ compressionLevel: 0 })
      .toBuffer()
    await on.upload('large.png', data)
    const { id, file, restore } = await fileOf(4)
    const sampled = await sampleOf(file)
    const bytes = readFileSync(file)
    bytes[100_000] = bytes[100_000]! ^ 1
    writeFileSync(file, bytes)
    expect(await sampleOf(file)).toBe(sampled)
    await night()
    expect((await on.fields())[3].imageFault).toBe('changed')
    expect(await codeOf(`/fields/${id}/image?width=96`)).toBe('IMAGE_DAMAGED')
    restore()
    await night()
    expect((await on.fields())[3].imageFault).toBeNull()
    const row = await db.selectFrom('fields').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.image_checked_at).toBeGreaterThan(Date.now() - 60_000)
    expect(row.sha256).toBe(createHash('sha256').update(data).digest('hex'))
  })

  test('an image from before samples were kept is compared by its size, and gets its sample when it was read whole', async () => {
    const { db } = on.server.ports
    const { id, file } = await fileOf(1)
    const sample = await sampleOf(file)
    await db.updateTable('fields').set({ sample_sha256: null }).where('id', '=', id).execute()
    expect((await doctor('GET', `/fields/${id}/image?width=96`)).statusCode).toBe(200)
    await night()
    const row = await db.selectFrom('fields').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect([row.sample_sha256, row.image_fault]).toEqual([sample, null])
  })

  test('a case with such a field is signed only by who confirms it, though nobody has looked at the image since', async () => {
    await analyse()
    const { file, restore } = await fileOf(2)
    replace(file)
    const checks = async () => (await doctor('GET', `/cases/${caseId}/checks`)).json()
    const damaged = { code: 'IMAGES_DAMAGED', blocking: false, count: 1, fields: [2] }
    const cells = (await doctor('GET', `/cases/${caseId}/cells`)).json().cells
    const changes = cells.map(({ id, version }: { id: string; version: number }) => ({
      id,
      version,
      set: { type: 'blast' },
    }))
    await doctor('POST', `/cases/${caseId}/changes`, { changes })
    const { version } = (await doctor('GET', `/cases/${caseId}`)).json()
    const sign = (accepted: string[]) =>
      doctor('POST', `/cases/${caseId}/sign`, { version, password: PASSWORD, accepted })
    const others = (await checks())
      .map(({ code }: { code: string }) => code)
      .filter((code: string) => code !== damaged.code)
    expect((await sign(others)).json()).toMatchObject({
      code: 'NOT_ACCEPTED',
      details: { checks: [damaged] },
    })
    restore()
    expect((await sign(others)).statusCode).toBe(200)
  })
})
