/** Verifies the audit in a thread of its own, so that the server answers meanwhile; it tells how far it is, then the verdict. */
import { parentPort, workerData } from 'node:worker_threads'
import { connectDatabase } from '../database/connect.ts'
import { verifyAudit } from './verify-audit.ts'

const db = connectDatabase(workerData.databaseUrl)
try {
  parentPort!.postMessage({
    verdict: await verifyAudit(db, workerData, (done, total) => parentPort!.postMessage({ done, total })),
  })
} finally {
  await db.destroy()
}
