import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Table from 'cli-table3'
import {
  AGREEMENT_VIEWS,
  bootstrap,
  type CellReading,
  mergeReadings,
  parseCellReadings,
  type ReadCell,
  readersAgreement,
  type TwiceRead,
} from '../../../annotation/index.ts'
import { writeWhole } from '../../output.ts'
import { counted, labelsIn, reportProblems, textIn } from '../read.ts'

type ApplyOptions = { labels: string[]; out: string; second?: string[]; third?: string[] }
type Known = Map<number, { image: string; split: string }>

/** `label cells apply`: the types that were read, one row a cell. Nothing is written while an answer is wrong. */
export async function applyCellReadings(answers: string[], options: ApplyOptions): Promise<void> {
  const known = await knownCells(options.labels)
  const [first, second, third] = [
    await readingsIn(answers, known),
    await readingsIn(options.second ?? [], known),
    await readingsIn(options.third ?? [], known),
  ]
  if (process.exitCode) return
  const cells = mergeReadings(first, second, third)
  await writeWhole(options.out, table(cells, known))
  const twice = cells.filter(({ agreed }) => agreed !== undefined)
  const agreed = twice.filter(({ agreed }) => agreed === 'yes').length
  console.log(
    `${counted(cells.length, 'cell')} in ${options.out}${twice.length > 0 ? `; ${twice.length} were read twice, ${agreed} of them alike` : ''}`,
  )
}

/** `label cells agree`: how far two readings of the same cells agree, by type and by lineage; nothing while an answer is wrong. */
export async function agreeCellReadings(
  first: string,
  second: string,
  options: { labels: string[] },
): Promise<void> {
  const known = await knownCells(options.labels)
  const [a, b] = [await readingsIn([first], known), await readingsIn([second], known)]
  if (process.exitCode) return
  const others = new Map(b.map((reading) => [reading.cell, reading]))
  const cells = a.flatMap((reading): TwiceRead[] => {
    const other = others.get(reading.cell)
    return other === undefined
      ? []
      : [{ image: known.get(reading.cell)!.image, first: reading, second: other }]
  })
  const trusted = cells.filter(
    ({ first, second }) => first.certainty !== 'guess' && second.certainty !== 'guess',
  )
  console.log(`${counted(cells.length, 'cell')} read twice, ${trusted.length} of them without a guess`)
  console.log(agreementTable('All', cells))
  console.log(agreementTable('Without guesses', trusted))
}

/** The cells of label files by their number. */
async function knownCells(labels: readonly string[]): Promise<Known> {
  const known: Known = new Map()
  for (const path of labels) {
    const { fields, problems } = await labelsIn(path)
    reportProblems(problems)
    for (const { file, split, boxes } of fields) {
      for (const { id } of boxes) if (id !== undefined) known.set(id, { image: file, split: split ?? '' })
    }
  }
  return known
}

/** All answers in files, and in the .txt files of folders; what is wrong goes to the error stream. Errors: ANSWERS_NOT_READABLE. */
async function readingsIn(paths: readonly string[], known: Known): Promise<CellReading[]> {
  const readings: CellReading[] = []
  const fileOf = new Map<number, string>()
  let unread = 0
  for (const file of await answerFiles(paths)) {
    const found = parseCellReadings(await textIn(file, 'answers', 'ANSWERS_NOT_READABLE'), file)
    reportProblems(found.problems)
    for (const { cell } of found.value) {
      const refuse = (why: string) => reportProblems([{ file, where: `cell ${cell}`, why }])
      const before = fileOf.get(cell)
      if (!known.has(cell)) refuse('no label file has a cell of this number')
      if (before !== undefined) refuse(`it is answered in ${before} too`)
      fileOf.set(cell, file)
    }
    unread += found.unread.length
    readings.push(...found.value)
  }
  if (unread > 0) process.stderr.write(`${counted(unread, 'cell')} of ${paths.join(', ')} not read yet\n`)
  return readings
}

async function answerFiles(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) =>
      (await stat(path).catch(() => undefined))?.isDirectory()
        ? (await readdir(path))
            .filter((name) => name.endsWith('.txt'))
            .sort()
            .map((name) => join(path, name))
        : [path],
    ),
  )
  return files.flat()
}

function table(cells: readonly ReadCell[], known: Known): string {
  const rows = cells.map(({ cell, type, certainty, second, agreed }) => {
    const { image, split } = known.get(cell)!
    return [cell, image, split, type, certainty, second?.type, second?.certainty, agreed]
      .map((v) => v ?? '')
      .join(',')
  })
  return `cell,image,split,type,certainty,second_type,second_certainty,agreed\n${rows.map((r) => `${r}\n`).join('')}`
}

function agreementTable(title: string, cells: readonly TwiceRead[]): string {
  const rows = new Table({
    head: [title, 'cells', 'agreed, %', 'κ', '95 % interval over images'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const images = [...Map.groupBy(cells, ({ image }) => image).values()]
  const digits = (value: number | null | undefined) => value?.toFixed(2) ?? '–'
  for (const [name, view] of AGREEMENT_VIEWS) {
    const found = readersAgreement(cells, view)
    const interval = bootstrap(images, (sample) => readersAgreement(sample.flat(), view).kappa, {
      resamples: 300,
    })
    const alike = found.cells === 0 ? '–' : ((100 * found.agreed) / found.cells).toFixed(1)
    const range = interval === null ? '–' : `${digits(interval.low)}–${digits(interval.high)}`
    rows.push([name, found.cells, alike, digits(found.kappa), range])
  }
  return rows.toString()
}
