import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import type { PdfMaker } from '../printing/pdf/pdf-maker.ts'
import { ReportPictures } from '../printing/pictures.ts'
import { sheetOfCase } from '../printing/sheet-of-case.ts'
import { TAR_END, tarHeader, tarPadding } from '../research/tar.ts'
import { auditData, caseData, cellData, patientData } from './export-data.ts'
import { README } from './export-readme.ts'
import { casesOfPatients, withDuplicates } from './patients-data.ts'

type ArchivePorts = Pick<Ports, 'config' | 'db' | 'storage' | 'events' | 'decoding'>

/**
 * The blocks of a tar archive with all that is kept of a patient. Made while it is sent and stored nowhere: memory holds the
 * rows of one case at a time, images pass through.
 */
export async function* patientArchive(
  ports: ArchivePorts,
  patientId: string,
  pdfs: PdfMaker,
): AsyncGenerator<Buffer> {
  const { db, storage } = ports
  const pictures = new ReportPictures(ports)
  const missing: string[] = []
  // What cannot be read is named at the end: the rest is the patient's all the same.
  const orMissing = async function* (
    name: string,
    content: () => Promise<AsyncIterable<Buffer> | Iterable<Buffer>>,
  ) {
    let blocks: AsyncIterable<Buffer> | Iterable<Buffer>
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
  yield* file('README.txt', Buffer.from(`\ufeff${README}`))
  yield* json('patient.json', await patientData(db, patientIds))
  for (const [i, id] of caseIds.entries()) {
    const data = await caseData(db, id)
    const { marrow_number, images_removed_at } = data.case
    const folder = `cases/${i + 1}-${safe(marrow_number)}`
    yield* json(`${folder}/case.json`, data)
    yield* json(`${folder}/cells.json`, await cellData(db, id))
    for (const { id: fieldId, number, file_name } of images_removed_at ? [] : fieldsOf(data.fields)) {
      // The number before it: two photographs of a case may have the same name.
      const name = `${folder}/images/${number}-${safe(file_name)}`
      yield* orMissing(name, async () => stored(name, await originalOf(ports, fieldId)))
    }
    for (const { id: reference, storage_key } of data.reference_cells) {
      const name = `${folder}/references/${reference}.webp`
      yield* orMissing(name, async () => stored(name, await storage.localPath(storage_key)))
    }
    if (data.signatures.length === 0) continue
    for (const language of ['en', 'zh'] as const) {
      const name = `${folder}/report-${language}.pdf`
      yield* orMissing(name, async () =>
        file(name, await pdfs.make(await sheetOfCase(ports, pictures, id, language))),
      )
    }
  }
  yield* json('audit.json', await auditData(db, patientIds, caseIds))
  if (missing.length > 0) yield* file('MISSING.txt', Buffer.from(`${missing.join('\n')}\n`))
  yield TAR_END
}

const fieldsOf = (rows: readonly object[]) => rows as { id: string; number: number; file_name: string }[]

/** A name as a person gave it, without what a file system takes for something else. */
const safe = (name: string): string => name.replace(/[/\\:*?"<>|\p{C}]/gu, '_').replace(/^\.+/, '_') || '_'

function* file(name: string, content: Buffer): Generator<Buffer> {
  yield tarHeader(name, content.length)
  yield content
  yield tarPadding(content.length)
}

const json = (name: string, data: unknown) => file(name, Buffer.from(`${JSON.stringify(data, null, 1)}\n`))

async function* stored(name: string, path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path)
  yield tarHeader(name, size)
  for await (const chunk of createReadStream(path)) yield chunk as Buffer
  yield tarPadding(size)
}
