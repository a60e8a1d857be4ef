/** One of the reading threads: calls the function that it is told, with its own connection. */
import { move, workerData } from 'piscina'
import { connectToRead } from './connect.ts'
import type { Told } from './reading-threads.ts'
import type { Reading } from './reads.ts'

type Asked = { url: string; name: string; given: unknown[] }
const db = connectToRead(workerData)

export default async function tell({ url, name, given }: Asked): Promise<Told> {
  try {
    const module: Record<string, Reading<unknown[], unknown>> = await import(url)
    const answer = await module[name]!.read(db, ...given)
    return answer instanceof Uint8Array ? (move(answer as Uint8Array<ArrayBuffer>) as Uint8Array) : { answer }
  } catch (error) {
    const { message, code, stack } = error as Error & { code?: unknown }
    return { failed: { message, code, stack } }
  }
}
