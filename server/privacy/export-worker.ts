/** Reads what is kept of a patient and makes it JSON, in a thread with a connection of its own. */
import { workerData } from 'node:worker_threads'
import { idsOfCells } from '../cells/ids-of-cells.ts'
import { connectToRead } from '../database/connect.ts'
import { answerEach } from '../threads.ts'
import { auditData, caseData, cellData, patientData } from './export-data.ts'
import type { Wanted } from './export-thread.ts'

const db = connectToRead(workerData.databaseUrl)

answerEach<Wanted>((wanted) => {
  switch (wanted.what) {
    case 'patient':
      return patientData(db, wanted.ids)
    case 'case':
      return caseData(db, wanted.id)
    case 'ids of cells':
      return idsOfCells(db, wanted.caseId, 'removed too')
    case 'cells':
      return cellData(db, wanted.ids)
    case 'audit':
      return auditData(db, wanted.patientIds, wanted.caseIds)
  }
})
