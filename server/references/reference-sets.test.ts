import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawCell } from '../../testkit/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { readyReferences } from './drawn-references.ts'

const SET = {
  source: 'Cells of another laboratory',
  licence: 'CC BY 4.0',
  address: 'https://example.org/set',
}
const folder = mkdtempSync(join(tmpdir(), 'marrowscope-'))

/** A drawn cell as an image file, which says where it was made. */
async function image(seed: number): Promise<string> {
  const { data, width, height } = drawCell({ type: 'plasma_cell', seed, size: 250 })
  const file = join(folder, `${seed}.jpg`)
  await sharp(data, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Artist: 'Laboratory of somewhere' } })
    .jpeg()
    .toFile(file)
  return file
}

describe.each(TEST_DATABASES)('reference cells of public sets on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator')
    doctor = await server.as('doctor')
    await readyReferences(server.ports)
  })
  afterAll(() => server.close())

  const open = async () => (await administrator('POST', '/reference-sets', SET)).json()
  const add = async (id: string, picture: string, type = 'plasma_cell') =>
    administrator('POST', `/reference-sets/${id}/cells`, { type, umPerPixel: 0.1, picture })
  const stored = () =>
    server.ports.db.selectFrom('reference_cells').selectAll().where('origin', '=', 'set').execute()

  test('a cell is taken once, as pixels alone, with its source and licence; beside real cells no drawn ones', async () => {
    const set = await open()
    expect((await open()).id).toBe(set.id)
    const picture = readFileSync(await image(1), 'base64')
    expect((await add(set.id, picture)).json()).toEqual({ isNew: true })
    expect((await add(set.id, picture)).json()).toEqual({ isNew: false })
    const [sets] = (await doctor('GET', '/reference-sets')).json()
    expect(sets).toMatchObject({
      ...SET,
      takenBy: 'A administrator',
      types: [{ type: 'plasma_cell', count: 1 }],
    })

    const [row] = await stored()
    const shown = await doctor('GET', `/references/${row!.id}/picture`)
    const { width, exif } = await sharp(shown.rawPayload).metadata()
    expect([width, exif]).toEqual([192, undefined])

    // The case of the tests is a synthetic one.
    const { caseId, cellIds } = await insertCase(server.ports, ['plasma_cell'])
    const near = async () => (await doctor('GET', `/cells/${cellIds[0]}/references`)).json().references
    const origins = async () => new Set((await near()).map(({ origin }: { origin: string }) => origin))
    expect(await origins()).toEqual(new Set(['drawn', 'set']))
    await server.ports.db.updateTable('cases').set({ synthetic: 0 }).where('id', '=', caseId).execute()
    expect(await near()).toMatchObject([
      { origin: 'set', keptBy: 'A administrator', set: { source: SET.source, licence: SET.licence } },
    ])
    expect((await doctor('GET', '/references')).json()).toHaveLength(1)
  })

  test('what is no image, of no type, without a licence, or from who may not, is refused', async () => {
    const { id } = await open()
    const before = await stored()
    const text = Buffer.from('no image at all').toString('base64')
    const notImage = await add(id, text)
    expect([notImage.statusCode, notImage.json().code]).toEqual([422, 'FIELD_NOT_DECODABLE'])
    expect(notImage.json().message).not.toContain('/')
    const picture = readFileSync(await image(2), 'base64')
    expect((await add(id, picture, 'not_identifiable')).statusCode).toBe(400)
    expect((await administrator('POST', '/reference-sets', { ...SET, licence: '' })).statusCode).toBe(400)
    expect(
      (await administrator('POST', '/reference-sets', { ...SET, address: 'javascript:1' })).statusCode,
    ).toBe(400)
    expect((await doctor('POST', '/reference-sets', SET)).statusCode).toBe(403)
    expect((await add(before[0]!.id, picture)).statusCode).toBe(404)
    expect((await doctor('DELETE', `/references/${before[0]!.id}`)).json().code).toBe('REFERENCE_OF_SET')
    expect(await stored()).toEqual(before)
  })

  test('after an exchange of the recogniser its cells are looked at anew', async () => {
    const [before] = await stored()
    await server.ports.db
      .updateTable('reference_cells')
      .set({ recogniser: 'e'.repeat(64), embedding: 'AAAA' })
      .where('id', '=', before!.id)
      .execute()
    await readyReferences(server.ports)
    expect(await stored()).toEqual([before])
  })

  test('a set goes with its cells and their pictures', async () => {
    const { id } = await open()
    const [row] = await stored()
    expect((await administrator('DELETE', `/reference-sets/${id}`)).statusCode).toBe(200)
    expect(await stored()).toEqual([])
    await expect(server.ports.storage.localPath(row!.storage_key)).rejects.toThrow()
    expect((await administrator('DELETE', `/reference-sets/${id}`)).statusCode).toBe(404)
  })
})
