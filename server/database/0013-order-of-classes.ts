/** In which order an analysis keeps its cells' probabilities, so that they mean the same when a class is added. */
import { addColumn } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

/** The order of all analyses so far. */
const CLASSES = JSON.stringify([
  ...['blast', 'promyelocyte', 'myelocyte', 'metamyelocyte', 'band_neutrophil', 'segmented_neutrophil'],
  ...['eosinophil', 'basophil', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast', 'not_identifiable'],
])

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'analyses', 'classes', 'long')
  await db.updateTable('analyses').set({ classes: CLASSES }).where('classes', 'is', null).execute()
}
