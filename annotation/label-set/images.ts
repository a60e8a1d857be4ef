import { stat } from 'node:fs/promises'
import { dirname, posix, relative, sep } from 'node:path'
import { openImageFolder } from '../image-folder.ts'
import { type LabelProblem, type Notes, problemsOf } from '../label-problems.ts'
import type { NameMatch, NameSearch } from '../name-index.ts'

/** The image that labels are of. */
interface Place {
  /** Its path within the folder of images; where it was not found there, as the labels name it. */
  file: string
  /** Where it lies, if it was found. */
  path?: string
  /** Whether no guess was needed to find it. */
  sure: boolean
}

/** Finds the images of a set of labels. Each answer is undefined where it cannot be said which image is meant, which is noted. */
export interface SetImages {
  /** By the name in the labels; an image that is not there is no fault, for the labels may do without it. */
  byName(named: string, labelFile: string, notes: Notes): Place | undefined
  /** The one that is named as the label file is. */
  byFile(labelFile: string, notes: Notes): Place | undefined
  /** By the name in the labels, else by that of the label file; where these are two images, neither is taken. */
  byNameOrFile(named: string | undefined, labelFile: string, notes: Notes): Place | undefined
  /** What is told of all images together. */
  told(): LabelProblem[]
}

type Match = NameSearch<string>

/**
 * @param path the labels
 * @param given the folder of the images; without it they are looked for beside the labels, and keep the names that these give them
 */
export async function setImages(path: string, given: string | undefined): Promise<SetImages> {
  const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? false
  const root = isFile ? dirname(path) : path
  const { images } = await openImageFolder(given ?? root, { recursive: given !== undefined || !isFile })
  const moved = new Map<string, string>()
  const within = (labelFile: string) => relative(root, labelFile).split(sep).join('/')

  /** By the name as seen from the label file, where that is the very name of an image; else by the name alone. */
  const named = (name: string, labelFile: string): Match => {
    const seen = images.find(posix.join(posix.dirname(within(labelFile)), name))
    const alone = images.find(name)
    if (isOne(seen) && (seen.differs.length === 0 || !isOne(alone))) return seen
    return alone
  }
  const ownName = (labelFile: string) => images.find(within(labelFile).replace(/\.[^./]*$/, ''))

  const set: SetImages = {
    byName(name, labelFile, notes) {
      const plain = name.replaceAll('\\', '/')
      const match = named(plain, labelFile)
      const asNamed = { file: plain, sure: true }
      if (match === undefined) return asNamed
      if (given === undefined)
        return isOne(match) && match.differs.length === 0 ? { ...asNamed, path: match.value } : asNamed
      if (!isOne(match)) return noted(match, notes)
      if (match.differs.join() === 'folder') moved.set(name, match.name)
      else if (match.differs.length > 0)
        notes.tell('image', `it names ${name}; ${match.name} was taken, which has another ${words(match)}`)
      return placed(match)
    },

    byFile(labelFile, notes) {
      const match = ownName(labelFile)
      if (!isOne(match)) return noted(match, notes)
      if (match.differs.length > 0)
        notes.tell('image', `${match.name} was taken, which has another ${words(match)}`)
      return placed(match)
    },

    byNameOrFile(name, labelFile, notes) {
      if (name === undefined) return set.byFile(labelFile, notes)
      const [byName, byFile] = [named(name.replaceAll('\\', '/'), labelFile), ownName(labelFile)]
      if (!isOne(byFile)) return set.byName(name, labelFile, notes)
      if (byName === undefined) {
        notes.tell('image', `it names ${name}, which is not there; ${byFile.name} was taken, named as it is`)
        return { ...placed(byFile), sure: false }
      }
      if (!isOne(byName)) {
        const isMeant = byName.several.some(({ value }) => value === byFile.value)
        return isMeant ? placed(byFile) : noted(byName, notes)
      }
      if (byName.value === byFile.value || byFile.differs.length > 0)
        return set.byName(name, labelFile, notes)
      notes.note('image', `it names ${byName.name}, but ${byFile.name} is named as it is`)
      return undefined
    },

    told() {
      const [first, ...more] = [...moved]
      if (first === undefined) return []
      const { problems, tell } = problemsOf(path)
      const others = more.length === 0 ? '' : `, and ${more.length} more`
      tell('images', `named with another folder than they lie in: ${first[0]}, which is ${first[1]}${others}`)
      return problems
    },
  }
  return set
}

function isOne(match: Match): match is NameMatch<string> {
  return match !== undefined && 'value' in match
}

function placed({ name, value, differs }: NameMatch<string>): Place {
  return { file: name, path: value, sure: differs.length === 0 }
}

function noted(match: Exclude<Match, NameMatch<string>>, notes: Notes): undefined {
  const several = match?.several.map(({ name }) => name).join(', ')
  notes.note(
    'image',
    several === undefined ? 'its image is not there' : `it may be of several images: ${several}`,
  )
}

function words({ differs }: NameMatch<string>): string {
  return differs.map((what) => (what === 'spelling' ? 'letter case or Unicode form' : what)).join(' and ')
}
