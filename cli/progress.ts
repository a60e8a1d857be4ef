import { SingleBar } from 'cli-progress'
import type { FieldResult } from '../vision/index.ts'

/** What a person sees on the error stream while fields are analysed. */
export type Progress = {
  /** Some of a field is done, 0..1, and so many cells of it are found. */
  step(share: number, cells: number): void
  done(field: FieldResult): void
  failed(file: string, code: string): void
  stop(): void
}

/** A bar with the cells found and the time left on a terminal; elsewhere a line a field. */
export function startProgress(total: number): Progress {
  return process.stderr.isTTY ? bar(total) : lines(total)
}

function bar(total: number): Progress {
  const start = Date.now()
  const line = new SingleBar({
    format: '{bar} {fields}/{total} fields  {cells} cells  {left} left',
    stream: process.stderr,
    hideCursor: true,
    gracefulExit: false,
  })
  let [fields, cells] = [0, 0]
  const show = (share: number, more: number) => {
    const part = fields + share
    const left = part > 0 ? duration(((Date.now() - start) / part) * (total - part)) : '…'
    line.update(part, { fields, cells: cells + more, left })
  }
  line.start(total, 0, { fields, cells, left: '…' })
  return {
    step: show,
    done(field) {
      fields++
      cells += field.cells.length
      show(0, 0)
    },
    failed() {
      fields++
      show(0, 0)
    },
    stop: () => line.stop(),
  }
}

function lines(total: number): Progress {
  let fields = 0
  const say = (file: string, what: string) =>
    process.stderr.write(`[${++fields}/${total}] ${file}: ${what}\n`)
  return {
    step() {},
    done: ({ file, cells, scale: { umPerPixel, source } }) =>
      say(file, `${cells.length} cells, ${umPerPixel} µm per pixel (${source})`),
    failed: say,
    stop() {},
  }
}

/** '45 s', '3 min', '2 h 5 min'. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
