import { readdirSync, readFileSync } from 'node:fs'

/** Bytes of memory that a process holds, its threads included (Linux); 0 where it is gone. */
export function memoryOf(pid: number): number {
  const status = read(`/proc/${pid}/status`)
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
}

/** The processes that a process has started and that still run (Linux). */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number),
  )
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
