import Table from 'cli-table3'
import {
  AGREEMENT_FIGURES,
  agreementCounts,
  applyCorrections,
  type ComparedField,
  compareField,
  estimate,
  type LabelledBox,
  type LabelledField,
  pairCounts,
  stem,
} from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'
import { imagesIn } from './find.ts'
import { counted, labelsIn, reportProblems } from './read.ts'

const ROWS: readonly [keyof typeof AGREEMENT_FIGURES, string][] = [
  ['recallOfA', 'Cells of A that B has'],
  ['recallOfB', 'Cells of B that A has'],
  ['f1', 'F1'],
  ['borderRecallOfA', 'At the border: cells of A that B has'],
  ['borderRecallOfB', 'At the border: cells of B that A has'],
  ['innerRecallOfA', 'Inside: cells of A that B has'],
  ['innerRecallOfB', 'Inside: cells of B that A has'],
  ['meanIou', 'Mean IoU of the pairs'],
  ['medianIou', 'Median IoU of the pairs'],
  ['borderMeanIou', 'At the border: mean IoU'],
  ['innerMeanIou', 'Inside: mean IoU'],
  ['pairsFrom75', 'Pairs with an IoU of .75 and more'],
  ['pairsFrom90', 'Pairs with an IoU of .90 and more'],
  ['drawnMeanIou', 'Pairs that both drew: mean IoU'],
  ['drawnMedianIou', 'Pairs that both drew: median IoU'],
  ['drawnFrom75', 'Pairs that both drew: IoU of .75 and more'],
  ['drawnFrom90', 'Pairs that both drew: IoU of .90 and more'],
  ['ap50', 'AP50 of B as detections of A, no scores'],
  ['ap75', 'AP75, no scores'],
  ['ap', 'AP .50:.95, no scores'],
  ['best50', 'AP50 at most, pairs ranked first'],
  ['best75', 'AP75 at most'],
  ['best', 'AP .50:.95 at most'],
]

type Options = { only?: string; proposals?: string }

/**
 * `label agree`: the figures of two labellings with 95 % bootstrap intervals over the images that both have.
 *
 * Errors: NO_IMAGES_IN_COMMON, LABELLED_SIZES_DIFFER.
 */
export async function agreeLabels(pathA: string, pathB: string, options: Options): Promise<void> {
  const [a, b] = [await fieldsByName(pathA), await fieldsByName(pathB)]
  const wanted = options.only === undefined ? undefined : await imagesIn(options.only)
  const names = [...a.keys()].filter((name) => b.has(name) && (wanted?.has(name) ?? true)).sort()
  if (names.length === 0) {
    throw new MarrowscopeError(
      'NO_IMAGES_IN_COMMON',
      `${pathA} and ${pathB} share no image${wanted ? ` of ${options.only}` : ''}; images are the same where their names are, without folder and ending.`,
    )
  }
  const proposals = options.proposals === undefined ? undefined : await untouched(options.proposals)
  const fields = names.map((name) =>
    compareField(...sameSize(a.get(name)!, b.get(name)!), proposals?.get(name) ?? []),
  )
  console.log(
    `${counted(names.length, 'image')} in both; left out are ${a.size - names.length} of A and ${b.size - names.length} of B.`,
  )
  console.log(`${counts(fields, 'a')}\n${counts(fields, 'b')}`)
  const { pairs, drawn } = pairCounts(fields)
  console.log(
    `${counted(pairs, 'pair')}${proposals ? `, ${drawn} of boxes that both readers drew; in the others a proposal was left as it was` : ''}.`,
  )
  const rows = proposals ? ROWS : ROWS.filter(([name]) => !name.startsWith('drawn'))
  console.log(figures(fields, rows))
}

/** The fields by the names of their images; those that share one are left out, and told. */
async function fieldsByName(path: string): Promise<Map<string, LabelledField>> {
  const { fields, problems } = await labelsIn(path)
  reportProblems(problems)
  const named = Map.groupBy(fields, ({ file }) => stem(file))
  return new Map(
    [...named].flatMap(([name, [field, ...others]]) => {
      if (others.length === 0) return [[name, field!]]
      const why = `${counted(others.length + 1, 'image')} are named ${name}; none of them is compared`
      reportProblems([{ file: path, where: 'images', why }])
      return []
    }),
  )
}

/** The proposals of each image as they are in its labels where nobody corrects them. */
async function untouched(path: string): Promise<Map<string, LabelledBox[]>> {
  const fields = await fieldsByName(path)
  return new Map(
    [...fields].map(([image, field]) => {
      const { value } = applyCorrections(field, { image, line: 0, corrections: [] }, path)
      return [image, value.field.boxes]
    }),
  )
}

function sameSize(a: LabelledField, b: LabelledField): [LabelledField, LabelledField] {
  if (a.width === b.width && a.height === b.height) return [a, b]
  throw new MarrowscopeError(
    'LABELLED_SIZES_DIFFER',
    `${a.file} has ${a.width}×${a.height} pixels in one labelling and ${b.width}×${b.height} in the other; label the same picture twice.`,
    { file: a.file },
  )
}

function counts(fields: readonly ComparedField[], side: 'a' | 'b'): string {
  const { cells, border, absorbed } = agreementCounts(fields, side)
  return `${side.toUpperCase()}: ${counted(cells, 'cell')}, ${border} of them at the border; beside them ${absorbed} that the other ignores.`
}

/** A row a figure, in per cent, with its interval. */
function figures(fields: readonly ComparedField[], rows: typeof ROWS): string {
  const table = new Table({
    head: ['', '%', '95 % interval'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const percent = (share: number) => (100 * share).toFixed(1)
  for (const [name, words] of rows) {
    const found = estimate(fields, AGREEMENT_FIGURES[name])
    table.push([
      words,
      found === null ? '–' : percent(found.value),
      found === null ? '–' : `${percent(found.low)}–${percent(found.high)}`,
    ])
  }
  return table.toString()
}
