/** Reads what was signed of cases with very many cells, in a thread with a connection of its own. */
import { workerData } from 'node:worker_threads'
import { connectToRead } from '../database/connect.ts'
import { answerEach } from '../threads.ts'
import { readSignatures } from './read-signatures.ts'
import { reportOfCase } from './report-of-case.ts'
import type { ToRead } from './report-reader.ts'

const db = connectToRead(workerData.databaseUrl)

answerEach<ToRead>(({ what, caseId }) =>
  what === 'report' ? reportOfCase(db, caseId) : readSignatures(db, caseId),
)
