import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawField } from '../../testkit/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startUploads } from './uploads-for-tests.ts'

/** µm per pixel of what is drawn. */
const TRUE = 0.2
/** A drawn field with red cells; `tag` is the scale that its file says. */
async function smear(seed: number, tag?: number): Promise<Buffer> {
  const { data, width, height } = drawField({ seed, width: 480, height: 360, umPerPixel: TRUE, cells: 2 })
  const plain = sharp(data, { raw: { width, height, channels: 3 } })
  return (tag ? plain.withMetadata({ density: 25400 / tag }) : plain).png().toBuffer()
}

describe.each(TEST_DATABASES)('the scale of a slide on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  let caseId: string
  beforeAll(async () => {
    on = await startUploads(await empty())
  })
  afterAll(() => on.server.close())
  beforeEach(async () => {
    caseId = await on.openCase()
  })

  const slide = async () => (await on.technician('GET', `/cases/${caseId}/slides`)).json()[0]
  async function finished() {
    const latest = async () => (await on.technician('GET', `/cases/${caseId}/analyses`)).json()[0]
    await expect.poll(async () => (await latest()).status, { timeout: 60_000 }).toBe('done')
    return latest()
  }
  async function analyse() {
    expect((await on.technician('POST', `/cases/${caseId}/analyses`, {})).statusCode).toBe(200)
    return finished()
  }
  async function decide(body: object) {
    const answer = await on.technician('PUT', `/slides/${(await slide()).id}/scale`, body)
    expect(answer.statusCode, answer.body).toBe(200)
    await finished()
  }
  const scales = async () =>
    (await on.fields()).map((field: { umPerPixel: number; scaleSource: string }) => [
      field.umPerPixel,
      field.scaleSource,
    ])

  test('is one for all its fields, and earlier fields follow until somebody has reviewed a cell', async () => {
    await on.upload('1.png', await smear(1))
    await analyse()
    for (const seed of [2, 3]) await on.upload(`${seed}.png`, await smear(seed))
    await analyse()
    const [first] = await scales()
    expect(first).toEqual([expect.closeTo(TRUE, 1), 'estimated'])
    expect(await scales()).toEqual([first, first, first])
    expect((await slide()).scales).toMatchObject([{ source: 'estimated', doubt: 'none', fields: [1, 2, 3] }])

    // As if the first three had been estimated otherwise: the fourth agrees with what the rest says, and all are done again.
    const { db } = on.server.ports
    const change = (what: object) =>
      db.updateTable('fields').set(what).where('case_id', '=', caseId).execute()
    await change({ um_per_pixel: 0.3 })
    await on.upload('4.png', await smear(4))
    expect(await analyse()).toMatchObject({ total: 4, done: 4 })
    const [again] = await scales()
    expect(again).toEqual([expect.closeTo(TRUE, 1), 'estimated'])
    expect(await scales()).toEqual([again, again, again, again])

    await change({ um_per_pixel: 0.22 })
    await db.updateTable('cells').set({ reviewed: 1 }).where('case_id', '=', caseId).execute()
    await on.upload('5.png', await smear(5))
    expect(await analyse()).toMatchObject({ total: 1, done: 1 })
    expect(await scales()).toEqual(Array(5).fill([0.22, 'estimated']))
  })

  test('that the red cells contradict stops the analysis with a question, which a person answers for all fields at once', async () => {
    for (const seed of [11, 12]) await on.upload(`${seed}.png`, await smear(seed, TRUE * 2.54))
    await analyse()
    const stopped = {
      status: 'failed',
      warnings: ['SCALE_CONTRADICTED'],
      taggedUmPerPixel: expect.closeTo(0.508, 3),
    }
    expect(await on.fields()).toMatchObject([stopped, stopped])
    expect((await slide()).scales).toMatchObject([
      { source: 'metadata', doubt: 'contradicted', fields: [1, 2] },
    ])

    await decide({ trusted: 'estimated' })
    expect(await scales()).toEqual(Array(2).fill([expect.closeTo(TRUE, 1), 'estimated']))
    await decide({ trusted: 'stated' })
    expect(await on.fields()).toMatchObject(
      Array(2).fill({ status: 'analysed', warnings: ['SCALE_DOUBTED'] }),
    )
    await decide({ umPerPixel: TRUE })
    expect(await on.fields()).toMatchObject(
      Array(2).fill({ umPerPixel: TRUE, scaleSource: 'given', warnings: [] }),
    )
    // Of a field that comes later too.
    await on.upload('13.png', await smear(13))
    await analyse()
    expect((await scales()).at(-1)).toEqual([TRUE, 'given'])
    expect(await slide()).toMatchObject({ umPerPixel: TRUE, trusted: null })

    const both = await on.technician('PUT', `/slides/${(await slide()).id}/scale`, {
      umPerPixel: 1,
      trusted: 'stated',
    })
    expect(both.statusCode).toBe(400)
    await on.setStatus('signed')
    const signed = await on.technician('PUT', `/slides/${(await slide()).id}/scale`, { umPerPixel: 1 })
    expect(signed.json().code).toBe('CASE_SIGNED')
  })

  test('is that of the camera that the site knows, of two objectives the one that the red cells speak for', async () => {
    const profile = (name: string, umPerPixel: number) =>
      on.technician('POST', '/scale-profiles', { name, umPerPixel, camera: '', width: 480, height: 360 })
    const made = (await profile('DP27, 40×', TRUE)).json()
    await on.upload('21.png', await smear(21))
    await analyse()
    expect(await scales()).toEqual([[TRUE, 'profile']])
    expect((await profile('DP27, 40×', 0.1)).json().code).toBe('PROFILE_NAME_TAKEN')
    const other = (await profile('DP27, 100×', TRUE / 2.5)).json()
    await on.upload('22.png', await smear(22))
    await analyse()
    expect(await scales()).toEqual([[TRUE, 'profile'], [TRUE, 'profile']]) // biome-ignore format: pairs
    const changed = { ...made, name: 'DP27, 50×', umPerPixel: 0.16 }
    const { id, ...body } = changed
    expect((await on.technician('PUT', `/scale-profiles/${id}`, body)).json()).toEqual(changed)
    expect((await on.technician('GET', '/scale-profiles')).json()).toEqual([other, changed])
    for (const one of [other, made])
      expect((await on.technician('DELETE', `/scale-profiles/${one.id}`)).statusCode).toBe(200)
    expect((await on.technician('DELETE', `/scale-profiles/${id}`)).statusCode).toBe(404)
  })

  test('is that of the other fields for one that was copied without its tag', async () => {
    await on.upload('31.png', await smear(31, TRUE))
    await on.upload('32.png', await smear(32))
    await analyse()
    expect((await scales()).map(([, source]: [number, string]) => source)).toEqual(['metadata', 'metadata'])
  })
})
