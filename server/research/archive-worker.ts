/** Writes a research archive in a thread of its own, which reads the database; what is to be written there is left to the server. */
import { once } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import { connectToRead } from '../database/connect.ts'
import { answerEach } from '../threads.ts'
import type { ArchiveWork, Told } from './archive-thread.ts'
import { shuffledCases } from './choose-cases.ts'
import { writeArchive } from './write-archive.ts'

async function archive(work: ArchiveWork & { databaseUrl: string; port: MessagePort }): Promise<number> {
  const { databaseUrl, port, file, filter, userId, images } = work
  const tell = (told: Told) => port.postMessage(told)
  const withOriginal = async <T>(original: string, use: (path: string) => Promise<T>): Promise<T | null> => {
    tell({ original })
    const [path] = await once(port, 'message')
    if (path === null) return null
    try {
      return await use(path)
    } finally {
      tell({ released: original })
    }
  }
  const db = connectToRead(databaseUrl)
  try {
    const caseIds = await shuffledCases(db, filter, userId)
    const cases = caseIds.length
    await writeArchive({ db, file, caseIds, images, withOriginal, onCase: (done) => tell({ done, cases }) })
    return cases
  } finally {
    port.close()
    await db.destroy()
  }
}

answerEach(archive)
