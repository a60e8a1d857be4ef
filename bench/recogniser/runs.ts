import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { checked, invalid, runInfo, TRAINING } from '../run-files.ts'

const Answers = Type.Array(
  Type.Object({
    file: Type.String({ minLength: 1 }),
    source: Type.String({ minLength: 1 }),
    label: Type.Union(CELL_CLASSES.map((name) => Type.Literal(name))),
    probabilities: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
      minItems: CELL_CLASSES.length,
      maxItems: CELL_CLASSES.length,
    }),
  }),
  { minItems: 1 },
)

const RunInfo = Type.Object({
  ...TRAINING,
  millisecondsPerCell: Type.Number(),
  settings: Type.Object({
    /** Where one source was taught and another is tested: the one taught. */
    look: Type.Optional(Type.Object({ source: Type.String() })),
  }),
})
export type RunInfo = Static<typeof RunInfo>

/** One cell: classes by their place in CELL_CLASSES, the calibrated probability of the one it was named. */
export type Answer = { file: string; source: string; truth: number; predicted: number; confidence: number }

/** One training of one variant, and what it named the cells of val and test. */
export type Run = { info: RunInfo; val: Answer[]; test: Answer[] }

/**
 * The finished runs in a folder, by seed; what has no run.json yet is passed over.
 *
 * Errors: ABLATION_INVALID, naming the file and what is wrong with it; so where two runs did not see the same cells of test or were
 * not trained for as long.
 */
export function readRuns(dir: string): Run[] {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'run.json')))
    .map(({ name }) => name)
    .sort()
  const runs = names.map((name): Run => {
    const info = runInfo(RunInfo, dir, name)
    return { info, val: answers(join(dir, name, 'val.json')), test: answers(join(dir, name, 'test.json')) }
  })
  const [first] = runs
  if (!first) throw invalid(dir, 'there are no finished runs in it')
  const trained = runs.filter(({ info }) => info.steps > 0)
  for (const { info, test } of runs) {
    const name = `${info.variant}-${info.seed}`
    const same = test.length === first.test.length && test.every((cell, i) => alike(cell, first.test[i]!))
    if (!same) throw invalid(join(dir, name, 'test.json'), `its cells are not those of ${names[0]}`)
    const { steps, batch } = trained[0]?.info ?? info
    if (info.steps > 0 && (info.steps !== steps || info.batch !== batch)) {
      throw invalid(dir, `${name} was not trained for as many steps and pictures as the others`)
    }
  }
  return runs.sort((a, b) => a.info.seed - b.info.seed)
}

function answers(file: string): Answer[] {
  return checked(Answers, file).map(({ probabilities, label, ...cell }) => {
    const confidence = Math.max(...probabilities)
    const sum = probabilities.reduce((total, p) => total + p, 0)
    if (Math.abs(sum - 1) > 0.01) throw invalid(file, `the probabilities of ${cell.file} do not sum to 1`)
    return {
      ...cell,
      truth: CELL_CLASSES.indexOf(label),
      predicted: probabilities.indexOf(confidence),
      confidence,
    }
  })
}

function alike(a: Answer, b: Answer): boolean {
  return a.file === b.file && a.truth === b.truth
}
