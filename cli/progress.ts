import { SingleBar } from 'cli-progress'
import type { FieldResult, SlideResult } from '../vision/index.ts'

/** What a person sees on the error stream while fields are analysed. */
export type Progress = {
  /** The red cells of so many files of a slide were looked at. */
  scale(done: number, total: number): void
  /** The scale of a slide was decided. */
  slide(slide: SlideResult): void
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
    format: '{bar} {fields}/{total} fields  {cells} cells  {left}',
    stream: process.stderr,
    hideCursor: true,
    gracefulExit: false,
  })
  let [fields, cells] = [0, 0]
  const show = (share: number, more: number) => {
    const part = fields + share
    const left = part > 0 ? `${duration(((Date.now() - start) / part) * (total - part))} left` : '…'
    line.update(part, { fields, cells: cells + more, left })
  }
  line.start(total, 0, { fields, cells, left: '…' })
  return {
    scale: (done, of) =>
      line.update(fields, { fields, cells, left: `scale: ${done} of ${of} fields looked at` }),
    slide() {},
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
    scale() {},
    slide: ({ name, scales }) => {
      for (const scale of scales) process.stderr.write(`${name}: ${scaleInWords(scale)}\n`)
    },
    step() {},
    done: ({ file, cells, scale: { umPerPixel, source } }) =>
      say(file, `${cells.length} cells, ${Number(umPerPixel.toFixed(4))} µm per pixel (${source})`),
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

const SOURCES = {
  given: 'as given',
  profile: 'by a profile',
  metadata: 'as the files say',
  estimated: 'estimated',
}

/** '0.172 µm per pixel for 30 fields (estimated; 812 red cells in 30 fields say 0.172, fields alone 0.150 to 0.190)'. */
function scaleInWords({ umPerPixel, source, redCells, fields }: SlideResult['scales'][number]): string {
  const count = (n: number) => `${n} ${n === 1 ? 'field' : 'fields'}`
  const say =
    redCells && redCells.count > 0
      ? `; ${redCells.count} red cells in ${count(redCells.fields)} say ${redCells.umPerPixel}${redCells.fields > 1 ? `, fields alone ${redCells.low} to ${redCells.high}` : ''}`
      : ''
  return `${umPerPixel} µm per pixel for ${count(fields.length)} (${SOURCES[source]}${say})`
}
