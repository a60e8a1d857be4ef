/** Makes a patient's archive as the route does, sends it nowhere, and prints its bytes: DATABASE_URL, the site's folder, the patient's id. */
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { Decoding } from '../decoding/decoding.ts'
import { CaseEvents } from '../events.ts'
import { PdfMaker } from '../printing/pdf/pdf-maker.ts'
import { ReportReader } from '../signing/report-reader.ts'
import { FolderStorage } from '../storage/folder.ts'
import { patientArchive } from './export-archive.ts'
import { ExportThread } from './export-thread.ts'

const [databaseUrl, folder, patientId] = process.argv.slice(2) as [string, string, string]
const config = { ...readConfig({ MARROWSCOPE_SITE: folder }), databaseUrl }
const db = await openDatabase(databaseUrl)
const ports = {
  config,
  db,
  storage: new FolderStorage(join(folder, 'images')),
  events: new CaseEvents(),
  decoding: new Decoding(config.limits.decoding),
}
const makers = {
  pdfs: new PdfMaker(),
  reports: new ReportReader(ports),
  thread: new ExportThread(databaseUrl),
}
let bytes = 0
for await (const block of patientArchive(ports, patientId, makers)) bytes += block.length
console.log(bytes)
await makers.thread.close()
await db.destroy()
