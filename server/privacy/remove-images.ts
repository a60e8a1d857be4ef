import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Transaction } from 'kysely'
import { record } from '../audit/record.ts'
import { holdCases } from '../case-lock/cases.ts'
import type { Database } from '../database/schema.ts'
import type { Ports } from '../ports.ts'
import { keptPicturesKey, ReportPictures } from '../printing/pictures.ts'
import { reportOfCase } from '../signing/report-of-case.ts'
import { listFiles } from './files-to-remove.ts'
import { casesWithOldImages } from './retention-rules.ts'

/**
 * Removes the photographs of a signed case that is still old enough at `now`; false where it is not. The few pictures that its report
 * was printed with are kept first, so that the report prints as it was signed. Cells, counts and names of files stay.
 */
export async function removeImages(
  ports: Ports,
  { caseId, years, now }: { caseId: string; years: number; now: number },
  also: (trx: Transaction<Database>) => Promise<unknown>,
): Promise<boolean> {
  await keepPictures(ports, caseId)
  const done = await ports.db.transaction().execute(async (trx) => {
    // Takes the row first; an addendum that came meanwhile is seen after it.
    await holdCases(trx, [caseId])
    const due = await casesWithOldImages(trx, years, now)
      .select('cases.id')
      .where('cases.id', '=', caseId)
      .executeTakeFirst()
    if (!due) return false
    const fields = await trx
      .selectFrom('fields')
      .select(['id', 'storage_key', 'bytes'])
      .where('case_id', '=', caseId)
      .execute()
    await listFiles(
      trx,
      fields.flatMap(({ id, storage_key }) => [
        { kind: 'stored' as const, name: storage_key },
        { kind: 'renditions' as const, name: id },
      ]),
    )
    await trx
      .updateTable('cases')
      .set((eb) => ({ images_removed_at: Date.now(), version: eb('version', '+', 1) }))
      .where('id', '=', caseId)
      .execute()
    const bytes = fields.reduce((sum, field) => sum + Number(field.bytes), 0)
    const after = { images: fields.length, bytes, rule: years }
    await record(trx, { event: 'retention.images', caseId, userId: null, after })
    await also(trx)
    return true
  })
  if (done) ports.events.emit(caseId, { kind: 'case' })
  return done
}

async function keepPictures(ports: Ports, caseId: string): Promise<void> {
  const { findings } = await reportOfCase(ports.db, caseId)
  if (findings.pictures.length === 0) return
  const pictures = await new ReportPictures(ports).of(caseId, findings.pictures)
  const folder = await mkdtemp(join(ports.config.dataFolder, 'pictures-'))
  try {
    const file = join(folder, 'pictures.json')
    await writeFile(file, JSON.stringify(pictures))
    await ports.storage.put(keptPicturesKey(caseId), file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
