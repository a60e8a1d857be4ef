import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import {
  type Detection,
  type EvaluatedImage,
  evaluatedImage,
  fieldsOfCoco,
  isNucleated,
  type LabelledField,
  parseCoco,
  stem,
} from '../../annotation/index.ts'
import { checked, invalid, json, runInfo, TRAINING } from '../run-files.ts'

/** COCO's form of results. */
const Results = Type.Array(
  Type.Object({
    image_id: Type.Integer(),
    category_id: Type.Literal(1),
    bbox: Type.Tuple([
      Type.Number(),
      Type.Number(),
      Type.Number({ minimum: 0 }),
      Type.Number({ minimum: 0 }),
    ]),
    score: Type.Number({ minimum: 0, maximum: 1 }),
  }),
)

const RunInfo = Type.Object({
  ...TRAINING,
  millisecondsPerField: Type.Number(),
  settings: Type.Unknown(),
})
export type RunInfo = Static<typeof RunInfo>

/** One training of one variant, and what it found in the fields of val and test, in the order of the labels. */
export type Run = { info: RunInfo; val: EvaluatedImage[]; test: EvaluatedImage[] }

/** The fields of a COCO file, with their ids; those in `only` (names without ending) where it is given. */
export function labelledFields(file: string, only?: ReadonlySet<string>): LabelledField[] {
  const coco = parseCoco(json(file), file)
  const fields = fieldsOfCoco(coco, 'segpc', ({ file_name }) => file_name, { keep: true })
  return only ? fields.filter((field) => only.has(stem(field.file))) : fields
}

/**
 * The runs in a folder, those of a variant together, by seed. A run's results may hold other images of its split's file than
 * `fields` names (where only some are looked at), but none that the file does not know.
 *
 * Errors: ABLATION_INVALID, naming the file and what is wrong with it.
 */
export function readRuns(
  dir: string,
  fields: { val: readonly LabelledField[]; test: readonly LabelledField[] },
  known: { val: ReadonlySet<number>; test: ReadonlySet<number> },
): Run[] {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  const runs = names.map((name): Run => {
    const info = runInfo(RunInfo, dir, name)
    const found = (split: 'val' | 'test') =>
      detected(join(dir, name, `${split}.json`), fields[split], known[split])
    return { info, val: found('val'), test: found('test') }
  })
  const [first, ...others] = runs.filter(({ info }) => info.steps > 0)
  const other = others.find(
    ({ info }) => info.steps !== first!.info.steps || info.batch !== first!.info.batch,
  )
  if (other) {
    const [a, b] = [first!, other].map(({ info }) => `${info.variant}-${info.seed}`)
    throw invalid(dir, `${a} and ${b} were not trained for as many steps and pictures`)
  }
  if (runs.length === 0) throw invalid(dir, 'there are no runs in it')
  return runs.sort((a, b) => a.info.seed - b.info.seed)
}

function detected(file: string, fields: readonly LabelledField[], known: ReadonlySet<number>) {
  const results = checked(Results, file)
  const stranger = results.find(({ image_id }) => !known.has(image_id))
  if (stranger) throw invalid(file, `the labels have no image ${stranger.image_id}`)
  const byImage = Map.groupBy(results, ({ image_id }) => image_id)
  return fields.map((field) => {
    const found = (byImage.get(field.id!) ?? []).map(({ bbox, score }): Detection => ({ box: bbox, score }))
    return evaluatedImage(field, found, isNucleated)
  })
}
