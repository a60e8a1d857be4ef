import { type Spread, spread } from '../spread.ts'
import type { FieldFile } from './fields.ts'
import type { Answer, Question, Worker } from './worker.ts'

export type Side = Pick<Worker<unknown>, 'ask'>
/** Each answer, and of their milliseconds the middle and the range. */
export type Measured = { ms: Spread; peakRss: number; answers: Answer[] }
export type Compared = { ours: Measured; peer: Measured; timesFaster: Spread }

/** Asks both sides about each field in turn, so that whatever else the machine does meets both alike. */
export async function compare(
  ours: Side,
  peer: Side,
  task: Question['task'],
  fields: readonly FieldFile[],
): Promise<Compared> {
  const a: Answer[] = []
  const b: Answer[] = []
  for (const field of fields) {
    a.push(await ours.ask({ task, ...field }))
    b.push(await peer.ask({ task, ...field }))
  }
  return { ours: measured(a), peer: measured(b), timesFaster: spread(a.map(({ ms }, i) => b[i]!.ms / ms)) }
}

export function measured(answers: Answer[]): Measured {
  return {
    ms: spread(answers.map(({ ms }) => ms)),
    peakRss: Math.max(...answers.map(({ peakRss }) => peakRss)),
    answers,
  }
}

/** Sums over the answers: seconds and cells. */
export function total({ answers }: Measured): { seconds: number; cells: number } {
  const sum = (of: (answer: Answer) => number) => answers.reduce((so, answer) => so + of(answer), 0)
  return { seconds: sum(({ ms }) => ms) / 1000, cells: sum(({ cells }) => cells) }
}
