import { api } from '../../api/client.ts'
import type { ImportAnswer, ImportFault } from '../../api/types.ts'
import type { ImportRow } from './columns.ts'
import { readTable, type Table } from './read-file.ts'
import { faultsWithin } from './twice.ts'

/** Rows a request: some tenths of a second on the server, so that progress is seen and others get in between. */
const ROWS = 500

export type Sums = Omit<ImportAnswer, 'faults'>
export interface Progress {
  done: number
  all: number
}

/** Reads a file in a worker. Errors: those of readTable, by their message. */
export function readFile(file: File): Promise<Table> {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Table>((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<{ table?: Table; problem?: string }>) =>
      data.table ? done(data.table) : failed(new Error(data.problem))
    // A browser that runs no worker reads it in the page.
    worker.onerror = async () => {
      try {
        done(readTable(new Uint8Array(await file.arrayBuffer())))
      } catch (error) {
        failed(error)
      }
    }
    worker.postMessage(file)
  }).finally(() => worker.terminate())
}

/** What all the rows would add and what is wrong with them: within the file, in themselves, and against the database. */
export async function checkAll(rows: readonly ImportRow[], progress: (now: Progress) => void) {
  const within = faultsWithin(rows)
  const faulty = new Set(within.map(({ row }) => row))
  // A row that contradicts its own file has no say in what the others would add.
  const { faults, sums } = await inPieces(
    '/api/patients/import/check',
    rows.filter(({ row }) => !faulty.has(row)),
    progress,
    () => false,
  )
  return { faults: [...within, ...faults].sort((a, b) => a.row - b.row), sums }
}

/** Writes rows; those that meanwhile became wrong are left out and told. `stop` is asked between the pieces. */
export const importAll = (
  rows: readonly ImportRow[],
  progress: (now: Progress) => void,
  stop: () => boolean,
) => inPieces('/api/patients/import', rows, progress, stop)

async function inPieces(
  path: '/api/patients/import/check' | '/api/patients/import',
  rows: readonly ImportRow[],
  progress: (now: Progress) => void,
  stop: () => boolean,
) {
  const faults: ImportFault[] = []
  const sums: Sums = { patients: 0, cases: 0, known: 0, completed: 0 }
  let done = 0
  while (done < rows.length && !stop()) {
    const piece = rows.slice(done, done + ROWS)
    const answer = await api.post(path, { body: { rows: piece } })
    faults.push(...answer.faults)
    for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] += answer[key]
    done += piece.length
    progress({ done, all: rows.length })
  }
  return { faults, sums, stopped: done < rows.length }
}
