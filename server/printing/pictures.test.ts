import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { barFor, ReportPictures } from './pictures.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test.each([
  [26, 10],
  [25, 10],
  [24, 5],
  [330, 100],
  [0.5, 1],
])('a picture of %s µm gets a bar of %s µm', (width, bar) => {
  expect(barFor(width)).toBe(bar)
})

test('cells and fields of the case are printed with a bar as long as it says; what is gone or of another case is left out', async () => {
  const { caseId, fieldId, cellIds } = await insertCase(server.ports, ['blast', 'blast'])
  const other = await insertCase(server.ports, ['monocyte'])
  const db = server.ports.db
  await db.updateTable('cells').set({ deleted: 1 }).where('id', '=', cellIds[1]!).execute()
  const caption = { zh: '', en: '' }
  const asked = [cellIds[0]!, cellIds[1]!, other.cellIds[0]!, v7()].map((id) => ({
    kind: 'cell' as const,
    id,
    caption,
  }))
  const pictures = new ReportPictures(server.ports)
  const printed = await pictures.of(caseId, [...asked, { kind: 'field', id: fieldId, caption }])
  expect(printed.map(({ kind, barUm }) => [kind, barUm])).toEqual([
    ['cell', 10],
    ['field', 10],
  ])
  const image = Buffer.from(printed[0]!.image!.split(',')[1]!, 'base64')
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true })
  // The middle of the bar lies three and a half of its thickness above the lower border.
  const thick = Math.round(info.width / 48)
  const row = data.subarray((info.height - Math.round(3.5 * thick)) * info.width).subarray(0, info.width)
  const black = [...row].filter((value) => value < 40).length
  expect(black).toBeGreaterThan((10 / 26) * info.width - 12)
  expect(black).toBeLessThan((10 / 26) * info.width + 4)
})

test('a field whose scale is not known gets no bar', async () => {
  const { caseId, fieldId, cellIds } = await insertCase(server.ports, ['blast'])
  await server.ports.db.updateTable('fields').set({ um_per_pixel: null }).where('id', '=', fieldId).execute()
  const caption = { zh: '', en: '' }
  const [one] = await new ReportPictures(server.ports).of(caseId, [
    { kind: 'cell', id: cellIds[0]!, caption },
  ])
  expect(one).toMatchObject({ barUm: null, aspect: 1 })
})

test('a photograph that is not what was accepted is told in its place, and the others are printed', async () => {
  const { ports } = server
  const { caseId, fieldId, cellIds } = await insertCase(ports, ['blast'])
  const caption = { zh: '', en: '' }
  const asked = [
    { kind: 'field' as const, id: fieldId, caption },
    { kind: 'cell' as const, id: cellIds[0]!, caption },
  ]
  const pictures = new ReportPictures(ports)
  expect((await pictures.of(caseId, asked)).map(({ image }) => image === null)).toEqual([false, false])
  const { storage_key } = await ports.db
    .selectFrom('fields')
    .select('storage_key')
    .where('id', '=', fieldId)
    .executeTakeFirstOrThrow()
  await writeFile(await ports.storage.localPath(storage_key), 'another file')
  const lost = await new ReportPictures(ports).of(caseId, asked)
  expect(lost.map(({ image, barUm }) => [image, barUm])).toEqual([
    [null, null],
    [null, null],
  ])
})
