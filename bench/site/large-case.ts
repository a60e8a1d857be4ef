/** A signed case with one field of very many cells, as a whole slide scan brings. */
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { ADMINISTRATOR, type Api } from '../../e2e/api.ts'
import type { Sql, Value } from '../../e2e/sql.ts'
import { drawField, seededRandom } from '../../testkit/index.ts'

const TOGETHER = 5000

/** Ids of the case and its patient. The first cells are found by the networks, the others are put beside them. */
export async function addLargeCase(api: Api, open: () => Sql, cells: number) {
  const { id } = await api.newCase(`LARGE-${cells}`)
  await api.upload(id, 'field.png', await drawnPng(1))
  await api.ok('POST', `/api/cases/${id}/analyses`, {})
  const { status } = await api.analysed(id)
  if (status !== 'done') throw new Error(`The analysis of the large case: ${status}`)
  const sql = open()
  await fill(sql, id, cells)
  await sql.close()
  const { version, patientId } = await api.ok('GET', `/api/cases/${id}`)
  const checks = await api.ok('GET', `/api/cases/${id}/checks`)
  const accepted = checks.map(({ code }: { code: string }) => code)
  const sign = () =>
    api.ok('POST', `/api/cases/${id}/sign`, { version, password: ADMINISTRATOR.password, accepted })
  return { caseId: id, patientId, sign }
}

/** A small field with some drawn cells, the same from the same seed. */
export async function drawnPng(seed: number): Promise<Buffer> {
  const { data, width, height, umPerPixel } = drawField({
    width: 640,
    height: 480,
    umPerPixel: 0.2,
    cells: 6,
    seed,
  })
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: 25400 / umPerPixel })
    .png()
    .toBuffer()
}

async function fill(sql: Sql, caseId: string, cells: number): Promise<void> {
  const random = seededRandom(3)
  const there = await sql.all('select * from cells where case_id = ? and deleted = 0', [caseId])
  const [seen] = await sql.all('select * from cell_embeddings where case_id = ?', [caseId])
  if (there.length === 0 || !seen) throw new Error('The networks found no cell in the drawn field.')
  const [columns, seenColumns] = [Object.keys(there[0]!), Object.keys(seen)]
  for (let from = there.length; from < cells; from += TOGETHER) {
    const rows: Value[][] = []
    const embeddings: Value[][] = []
    for (let i = from; i < Math.min(cells, from + TOGETHER); i++) {
      const own = { id: uuid(), x: Math.floor(random.next() * 600), y: Math.floor(random.next() * 440) }
      const row = { ...there[i % there.length]!, ...own }
      rows.push(columns.map((column) => row[column as 'id']))
      const embedding = Buffer.from(Array.from({ length: 192 }, () => Math.floor(random.next() * 256)))
      const kept = { ...seen, cell_id: own.id, embedding: embedding.toString('base64') }
      embeddings.push(seenColumns.map((column) => kept[column as 'cell_id']))
    }
    await sql.insert('cells', columns, rows)
    await sql.insert('cell_embeddings', seenColumns, embeddings)
  }
  // As after a review: each looked at, none left without a name.
  await sql.run("update cells set type = 'lymphocyte' where case_id = ? and type = 'not_identifiable'", [
    caseId,
  ])
  await sql.run('update cells set reviewed = 1 where case_id = ?', [caseId])
  await sql.run('update cases set updated_at = ? where id = ?', [Date.now(), caseId])
}
