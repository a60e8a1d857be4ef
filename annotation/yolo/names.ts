import { basename, dirname, extname, join } from 'node:path'
import { visibleFiles } from '../image-folder.ts'
import { labelNamed } from '../label-names.ts'
import { type LabelProblem, problemsOf } from '../label-problems.ts'
import { inspectText } from '../label-text.ts'
import type { BoxLabel } from '../labelled-image.ts'
import { keyPointsInYaml, namesInYaml } from './yaml.ts'

/** The names of the classes by their numbers; undefined for a number that has none. */
export type ClassNames = readonly (BoxLabel | undefined)[]

export interface NamesFile {
  file: string
  names: ClassNames
  /** Values of the key points that a line has behind its box (`kpt_shape`). */
  keyPoints: number
  problems: LabelProblem[]
}

/**
 * The files that name the classes: classes.txt, data.yaml or any other with `names`, or *.names as darknet has it, in a
 * folder of labels or below it, else in one of the two folders around it.
 */
export async function namesFilesOf(path: string): Promise<NamesFile[]> {
  const below = await namesFilesIn(path, await visibleFiles(path))
  if (below.length > 0) return below
  for (const folder of [dirname(path), dirname(dirname(path))]) {
    const found = await namesFilesIn(folder, await visibleFiles(folder, false))
    if (found.length > 0) return found
  }
  return []
}

async function namesFilesIn(folder: string, files: readonly string[]): Promise<NamesFile[]> {
  const found: NamesFile[] = []
  for (const name of files) {
    const ending = extname(name).toLowerCase()
    const isYaml = ending === '.yaml' || ending === '.yml'
    if (!isYaml && ending !== '.names' && basename(name).toLowerCase() !== 'classes.txt') continue
    const file = join(folder, name)
    const { value: text, problems } = await inspectText(file)
    if (text === undefined) {
      found.push({ file, names: [], keyPoints: 0, problems })
      continue
    }
    const names = isYaml ? namesInYaml(text) : namesInLines(text)
    if (names === undefined) continue
    if (typeof names === 'string') {
      const { problems: wrong, note } = problemsOf(file)
      note('names', names)
      found.push({ file, names: [], keyPoints: 0, problems: [...problems, ...wrong] })
    } else {
      const keyPoints = isYaml ? keyPointsInYaml(text) : 0
      found.push({ file, names: names.map(plainName), keyPoints, problems })
    }
  }
  return found
}

/** A name a line, and the number of a class is that of its line, also where a line is empty. */
function namesInLines(text: string): string[] {
  return text.trimEnd().split(/\r\n?|\n/)
}

function plainName(name: string | undefined): BoxLabel | undefined {
  const plain = name?.trim() ?? ''
  return plain === '' || plain.includes('\uFFFD') ? undefined : labelNamed(plain)
}
