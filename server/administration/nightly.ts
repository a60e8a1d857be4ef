import { KIND as IMAGE_CHECK } from '../originals/check-images.ts'
import { KIND as RETENTION } from '../privacy/retention-worker.ts'

/** Kinds of jobs of which the next night always waits: who stopped one would end them until the next start. */
export const NIGHTLY: readonly string[] = [RETENTION, IMAGE_CHECK]
