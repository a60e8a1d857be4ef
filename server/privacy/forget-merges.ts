import type { Transaction } from 'kysely'
import type { Database, PatientMerges } from '../database/schema.ts'

type Trx = Transaction<Database>
type Side = 'kept_id' | 'merged_id'

/**
 * Takes the erased patients out of the merges. A merge that was undone left the name in the history of the other patient,
 * who stays: those two entries of that history lose their contents, all else in it remains.
 */
export async function forgetMerges(trx: Trx, patientIds: readonly string[]): Promise<void> {
  const merges = await trx
    .selectFrom('patient_merges')
    .selectAll()
    .where((eb) => eb.or([eb('kept_id', 'in', patientIds), eb('merged_id', 'in', patientIds)]))
    .execute()
  for (const merge of merges) {
    for (const side of ['kept_id', 'merged_id'] as const) {
      if (patientIds.includes(merge[side])) continue
      await emptyEntry(trx, merge, side, 'merge', merge.at)
      if (merge.undone_at !== null) await emptyEntry(trx, merge, side, 'unmerge', merge.undone_at)
    }
    await trx.deleteFrom('patient_merges').where('id', '=', merge.id).execute()
  }
}

/** The entry was written right after the merge, in the same transaction, which held the patient: it is the first one since. */
async function emptyEntry(
  trx: Trx,
  merge: PatientMerges,
  side: Side,
  kind: 'merge' | 'unmerge',
  at: number,
): Promise<void> {
  const names = side === 'kept_id' ? '"merged":' : '"mergedInto":'
  const entry = await trx
    .selectFrom('patient_changes')
    .select('id')
    .where('patient_id', '=', merge[side])
    .where('kind', '=', kind)
    .where('at', '>=', Number(at))
    .where('changes', 'like', `%${names}%`)
    .orderBy('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (entry)
    await trx.updateTable('patient_changes').set({ changes: '{}' }).where('id', '=', entry.id).execute()
}
