import { basename, dirname } from 'node:path'
import {
  type Disagreement,
  disagreement,
  type LabelledField,
  splitsOfIndex,
  stem,
} from '../../annotation/index.ts'
import { closeModels, loadDetector } from '../../vision/index.ts'
import { openOutput, writeWhole } from '../output.ts'
import { findAll, forEachImage, givenBoxes, imagesToLabel } from './find.ts'
import { counted, labelsIn, reportProblems } from './read.ts'

type Options = {
  out: string
  count?: number
  labels?: string
  index?: string
  split?: 'train' | 'val' | 'test'
  masks?: string
  scale?: number
  models: string
}

/** `label next`: which images to label first, and why, as a table. */
export async function nextToLabel(paths: string[], options: Options): Promise<void> {
  const all = await imagesToLabel(paths, options.out)
  const done = options.labels === undefined ? [] : await labelledIn(options.labels)
  const labelled = new Set(done.map(({ file }) => stem(file)))
  const splitOf =
    options.index === undefined
      ? undefined
      : await splitsOfIndex(options.index, (told) => reportProblems([told]))
  const files = all.filter(
    (file) => !labelled.has(stem(file)) && (options.split === undefined || splitOf?.(file) === options.split),
  )
  const given = await givenBoxes(options.masks, 'plasma_cell')
  const detector = await loadDetector(options.models)
  const ranked: { file: string; why: Disagreement }[] = []
  try {
    await forEachImage(files, async (file) => {
      const { findings } = await findAll(detector, file, { ...options, given })
      ranked.push({ file, why: disagreement(findings) })
    })
  } finally {
    await closeModels({ detector })
  }
  ranked.sort((a, b) => b.why.score - a.why.score || (a.file < b.file ? -1 : 1))
  const chosen = ranked.slice(0, options.count)
  const lines = chosen.map(({ file, why }, i) =>
    [i + 1, basename(file), splitOf?.(file) ?? '', why.score, `"${reason(why)}"`].join(','),
  )
  await openOutput(dirname(options.out), false)
  await writeWhole(options.out, `rank,image,split,score,reason\n${lines.join('\n')}\n`)
  console.log(`${counted(chosen.length, 'image')} of ${ranked.length} unlabelled ones, in ${options.out}`)
}

/** The fields that somebody labelled, also where a cell of one cannot be read. */
async function labelledIn(path: string): Promise<LabelledField[]> {
  const { fields, incomplete, problems } = await labelsIn(path)
  reportProblems(problems)
  return [...fields, ...incomplete]
}

/** Why an image comes where it does, in words. */
function reason({ missed, classicalOnly, doubtful, unstained }: Disagreement): string {
  const parts = [
    [missed, 'known cells not found'],
    [classicalOnly, 'stained nuclei not found'],
    [doubtful, 'doubtful detections'],
    [unstained, 'detections without a stained nucleus'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`)
  return said.length > 0 ? said.join('; ') : 'no disagreement'
}
