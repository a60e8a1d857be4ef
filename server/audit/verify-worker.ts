/** Verifies the chain in a thread of its own, so that the server answers meanwhile; it tells how far it is, then the verdict. */
import { parentPort, workerData } from 'node:worker_threads'
import { connectDatabase } from '../database/open.ts'
import { verifyChain } from './verify.ts'

const db = connectDatabase(workerData.databaseUrl)
try {
  parentPort!.postMessage({
    verdict: await verifyChain(db, (done, total) => parentPort!.postMessage({ done, total })),
  })
} finally {
  await db.destroy()
}
