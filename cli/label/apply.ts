import { join } from 'node:path'
import {
  applyCorrections,
  type CorrectionCounts,
  type FormatName,
  type ImageCorrections,
  isFault,
  type LabelledField,
  type LabelProblem,
  type NameIndex,
  nameIndex,
  parseCorrections,
  writeLabelSet,
} from '../../annotation/index.ts'
import { openOutput, writeWhole } from '../output.ts'
import { counted, labelsIn, reportProblems, textIn } from './read.ts'

type Options = { out: string; to: FormatName }

/**
 * `label apply`: proposals and corrections in, labels out. Nothing is written while a correction is wrong, so that what
 * is there is always what the corrections say.
 *
 * Errors: CORRECTIONS_NOT_READABLE and those of `labelsIn` and `writeWhole`.
 */
export async function applyLabels(path: string, files: string[], options: Options): Promise<void> {
  const { fields, problems } = await labelsIn(path)
  const byName = nameIndex(fields.map((field) => [field.file, field]))
  const corrected: LabelledField[] = []
  const total = { proposed: 0, right: 0, adjusted: 0, removed: 0, added: 0, ignored: 0 }
  const seen = new Map<LabelledField, string>()
  for (const file of files) {
    const text = await textIn(file, 'corrections', 'CORRECTIONS_NOT_READABLE')
    const parsed = parseCorrections(text, file)
    problems.push(...parsed.problems)
    for (const image of parsed.value) {
      const field = proposalsOf(image, file, byName)
      if ('why' in field) {
        problems.push(field)
        continue
      }
      const before = seen.get(field)
      seen.set(field, file)
      if (before !== undefined) {
        problems.push({
          file,
          where: `line ${image.line}`,
          why: `${image.image} is corrected in ${before} too`,
        })
        continue
      }
      const { value, problems: faulty } = applyCorrections(field, image, file)
      problems.push(...faulty)
      corrected.push(value.field)
      add(total, value.counts)
    }
  }
  reportProblems(problems)
  const faults = problems.filter(isFault)
  if (faults.length > 0) {
    console.log(`${counted(faults.length, 'problem')}; nothing was written.`)
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

/** The field that corrections are for, or why there is none. */
function proposalsOf(
  { image, line }: ImageCorrections,
  file: string,
  byName: NameIndex<LabelledField>,
): LabelledField | LabelProblem {
  const match = byName.find(image)
  if (match && 'value' in match) return match.value
  const several = match?.several.map(({ name }) => name).join(', ')
  const why =
    several === undefined
      ? `there are no proposals for ${image}`
      : `${image} may mean several images: ${several}`
  return { file, where: `line ${line}`, why }
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
