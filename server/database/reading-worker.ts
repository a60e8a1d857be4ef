/** One of the reading threads: calls the function that it is told, with its own connection. */
import { workerData } from 'node:worker_threads'
import { answerEach } from '../threads.ts'
import { connectToRead } from './connect.ts'
import type { Reading } from './reads.ts'

const db = connectToRead(workerData.databaseUrl)

answerEach(async ({ url, name, given }: { url: string; name: string; given: unknown[] }) => {
  const module: Record<string, Reading<unknown[], unknown>> = await import(url)
  return module[name]!.read(db, ...given)
})
