/**
 * How well one network finds white cells, red cells and platelets on bccd's test split:
 *
 *     npm run -s bench -- blood --run runs/blood-bccd [--out bench/results/blood.json]
 *
 * Reads test.json and images.json of a run of `marrowscope_training train blood`, and the labels in MARROWSCOPE_DATA.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  averagePrecisionAt,
  type Detection,
  type EvaluatedImage,
  estimate,
  mean,
  readFields,
} from '../annotation/index.ts'
import { percent } from './words.ts'
import { writeResult } from './write-result.ts'

const LABELS = ['white', 'red', 'platelet'] as const
const RESAMPLES = 200

const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    data: { type: 'string', default: process.env.MARROWSCOPE_DATA },
    out: { type: 'string', default: join(import.meta.dirname, 'results/blood.json') },
  },
})
const { run, data, out } = values
if (!run || !data) throw new Error('Say which run: --run FOLDER, and where the images are: MARROWSCOPE_DATA')

const read = (name: string) => JSON.parse(readFileSync(join(run, name), 'utf8'))
const names = new Map<number, string>(
  read('images.json').test.map((image: { id: number; file_name: string }) => [image.id, image.file_name]),
)
const found = Map.groupBy(
  read('test.json') as { image_id: number; category_id: number; bbox: Detection['box']; score: number }[],
  ({ image_id }) => names.get(image_id)!,
)
const fields = await readFields(join(data, 'bccd'), 'test')
const images = fields.map(
  ({ file, boxes }): EvaluatedImage => ({
    groundTruth: boxes
      .filter(({ box: [, , width, height] }) => width > 0 && height > 0)
      .map(({ box, label }) => ({ box, label })),
    detections: (found.get(basename(file)) ?? []).map(({ category_id, bbox, score }) => ({
      box: bbox,
      score,
      label: LABELS[category_id - 1]!,
    })),
  }),
)
const ofLabel = (all: readonly EvaluatedImage[], label: string): EvaluatedImage[] =>
  all.map(({ groundTruth, detections }) => ({
    groundTruth: groundTruth.filter((truth) => truth.label === label),
    detections: detections.filter((one) => one.label === label),
  }))
const ap50 = (all: readonly EvaluatedImage[], label: string) =>
  averagePrecisionAt(ofLabel(all, label), 0.5, { maxDets: 1000 })
const figure = (statistic: (all: readonly EvaluatedImage[]) => number | null) =>
  estimate(images, statistic, RESAMPLES)
const figures = {
  ...Object.fromEntries(LABELS.map((label) => [label, figure((all) => ap50(all, label))])),
  mean: figure((all) => mean(LABELS.map((label) => ap50(all, label)))),
}
const cells = (label: string) =>
  images.reduce(
    (sum, { groundTruth }) => sum + groundTruth.filter((truth) => truth.label === label).length,
    0,
  )
console.log(`| AP50 on ${images.length} fields | cells | % (95 % interval over fields) |\n|---|---|---|`)
for (const [name, figure] of Object.entries(figures)) {
  console.log(`| ${name} | ${name === 'mean' ? '' : cells(name)} | ${percent(figure)} |`)
}
writeResult(out, { fields: images.length, ap50: figures })
