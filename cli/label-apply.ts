import { join } from 'node:path'
import {
  applyCorrections,
  type CorrectionCounts,
  type FormatName,
  type ImageCorrections,
  type LabelledField,
  type LabelProblem,
  parseCorrections,
  stem,
  writeLabelSet,
} from '../annotation/index.ts'
import { openOutput, writeWhole } from './analyze-output.ts'
import { counted, labelsIn, reportProblems, textIn } from './label-read.ts'

type Options = { out: string; to: FormatName }

/**
 * `label apply`: proposals and corrections in, labels out. Nothing is written while a correction is wrong, so that what
 * is there is always what the corrections say.
 *
 * Errors: CORRECTIONS_NOT_READABLE and those of `labelsIn` and `writeWhole`.
 */
export async function applyLabels(path: string, files: string[], options: Options): Promise<void> {
  const { fields, problems } = await labelsIn(path)
  const byName = new Map(fields.map((field) => [stem(field.file), field]))
  const corrected: LabelledField[] = []
  const total = { proposed: 0, right: 0, adjusted: 0, removed: 0, added: 0, ignored: 0 }
  const seen = new Map<string, string>()
  for (const file of files) {
    const text = await textIn(file, 'corrections', 'CORRECTIONS_NOT_READABLE')
    const parsed = parseCorrections(text, file)
    problems.push(...parsed.problems)
    for (const image of parsed.value) {
      const wrong = misplaced(image, file, byName, seen)
      if (wrong) problems.push(wrong)
      const field = byName.get(image.image)
      if (wrong || field === undefined) continue
      const { value, problems: faulty } = applyCorrections(field, image, file)
      problems.push(...faulty)
      corrected.push(value.field)
      add(total, value.counts)
    }
  }
  reportProblems(problems)
  if (problems.length > 0) {
    console.log(`${counted(problems.length, 'problem')}; nothing was written.`)
    return
  }
  corrected.sort((a, b) => (a.file < b.file ? -1 : 1))
  const { files: written, lost } = writeLabelSet(corrected, options.to)
  await openOutput(options.out, false)
  for (const { name, text } of written) {
    await openOutput(join(options.out, name, '..'), false)
    await writeWhole(join(options.out, name), text)
  }
  for (const sentence of lost) console.error(sentence)
  console.log(summary(corrected, total))
}

function misplaced(
  { image, line }: ImageCorrections,
  file: string,
  byName: ReadonlyMap<string, LabelledField>,
  seen: Map<string, string>,
): LabelProblem | undefined {
  const where = `line ${line}`
  if (!byName.has(image)) return { file, where, why: `there are no proposals for ${image}` }
  const before = seen.get(image)
  if (before !== undefined && before !== file)
    return { file, where, why: `${image} is corrected in ${before} too` }
  seen.set(image, file)
  return undefined
}

function add(total: CorrectionCounts, counts: CorrectionCounts): void {
  for (const key of Object.keys(total) as (keyof CorrectionCounts)[]) total[key] += counts[key]
}

function summary(fields: readonly LabelledField[], total: CorrectionCounts): string {
  const boxes = fields.flatMap((field) => field.boxes)
  const ignored = boxes.filter(({ ignore }) => ignore).length
  const share = (n: number) => (total.proposed === 0 ? '' : ` (${((100 * n) / total.proposed).toFixed(1)} %)`)
  return [
    `${counted(fields.length, 'image')}: ${counted(boxes.length - ignored, 'cell')} and ${counted(ignored, 'ignored box', 'ignored boxes')}`,
    `proposed ${total.proposed}: right ${total.right}${share(total.right)}, adjusted ${total.adjusted}${share(total.adjusted)}, made ignored ${total.ignored}${share(total.ignored)}, removed ${total.removed}${share(total.removed)}`,
    `added ${total.added}${share(total.added)}`,
  ].join('\n')
}
