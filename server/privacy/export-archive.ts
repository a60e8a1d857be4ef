import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import type { PdfMaker } from '../printing/pdf/pdf-maker.ts'
import { ReportPictures } from '../printing/pictures.ts'
import { sheetOfCase } from '../printing/sheet-of-case.ts'
import { TAR_END, tarHeader, tarPadding } from '../research/tar.ts'
import type { ReportReader } from '../signing/report-reader.ts'
import { README } from './export-readme.ts'
import type { ExportThread } from './export-thread.ts'
import { casesOfPatients, withDuplicates } from './patients-data.ts'

/** Cells in one file. A file says its size before its content: so many are in memory at a time. */
const CELLS = 5000

type ArchivePorts = Pick<Ports, 'config' | 'db' | 'storage' | 'events' | 'decoding'>

/**
 * The blocks of a tar archive with all that is kept of a patient. Made while it is sent and stored nowhere: memory holds one
 * file of JSON at a time, images pass through.
 */
export async function* patientArchive(
  ports: ArchivePorts,
  patientId: string,
  { pdfs, reports, thread }: { pdfs: PdfMaker; reports: ReportReader; thread: ExportThread },
): AsyncGenerator<Uint8Array> {
  const { db, storage } = ports
  const pictures = new ReportPictures(ports)
  const missing: string[] = []
  // What cannot be read is named at the end: the rest is the patient's all the same.
  const orMissing = async function* (name: string, content: () => Promise<Blocks>) {
    let blocks: Blocks
    try {
      blocks = await content()
    } catch {
      missing.push(name)
      return
    }
    yield* blocks
  }
  const patientIds = await withDuplicates(db, patientId)
  const caseIds = await casesOfPatients(db, patientIds)
  yield* file('README.txt', [Buffer.from(`\ufeff${README}`)])
  yield* file('patient.json', await thread.json({ what: 'patient', ids: patientIds }))
  for (const [i, id] of caseIds.entries()) {
    const { marrow_number, images_removed_at, fields, references, signed } = await partsOf(db, id)
    const folder = `cases/${i + 1}-${safe(marrow_number)}`
    yield* file(`${folder}/case.json`, await thread.json({ what: 'case', id }))
    const cells = await thread.idsOfCells(id)
    for (let n = 0; n === 0 || n * CELLS < cells.length; n++) {
      const ids = cells.slice(n * CELLS, (n + 1) * CELLS)
      const name = n === 0 ? 'cells.json' : `cells-${n + 1}.json`
      yield* file(`${folder}/${name}`, await thread.json({ what: 'cells', ids }))
    }
    for (const { id: fieldId, number, file_name } of images_removed_at ? [] : fields) {
      // The number before it: two photographs of a case may have the same name.
      const name = `${folder}/images/${number}-${safe(file_name)}`
      yield* orMissing(name, async () => stored(name, await originalOf(ports, fieldId)))
    }
    for (const { id: reference, storage_key } of references) {
      const name = `${folder}/references/${reference}.webp`
      yield* orMissing(name, async () => stored(name, await storage.localPath(storage_key)))
    }
    if (!signed) continue
    for (const language of ['en', 'zh'] as const) {
      const name = `${folder}/report-${language}.pdf`
      yield* orMissing(name, async () =>
        file(name, [
          await pdfs.make(await sheetOfCase(ports, reports, pictures, id, language, ports.config.origin)),
        ]),
      )
    }
  }
  yield* file('audit.json', await thread.json({ what: 'audit', patientIds, caseIds }))
  if (missing.length > 0) yield* file('MISSING.txt', [Buffer.from(`${missing.join('\n')}\n`)])
  yield TAR_END
}

type Blocks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** What the files of a case are made of. */
async function partsOf(db: ArchivePorts['db'], caseId: string) {
  const row = await db
    .selectFrom('cases')
    .select(['marrow_number', 'images_removed_at'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  const fields = await db
    .selectFrom('fields')
    .select(['id', 'number', 'file_name'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  const references = await db
    .selectFrom('reference_cells')
    .select(['id', 'storage_key'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  const signature = await db
    .selectFrom('signatures')
    .select('id')
    .where('case_id', '=', caseId)
    .limit(1)
    .executeTakeFirst()
  return { ...row, fields, references, signed: signature !== undefined }
}

/** A name as a person gave it, without what a file system takes for something else. */
const safe = (name: string): string => name.replace(/[/\\:*?"<>|\p{C}]/gu, '_').replace(/^\.+/, '_') || '_'

function* file(name: string, pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  yield tarHeader(name, size)
  yield* pieces
  yield tarPadding(size)
}

async function* stored(name: string, path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path)
  yield tarHeader(name, size)
  for await (const chunk of createReadStream(path)) yield chunk as Buffer
  yield tarPadding(size)
}
