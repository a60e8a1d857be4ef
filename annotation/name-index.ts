/** The one file that is meant; `several` where more than one may be; undefined where none is. */
export type NameSearch<Value> = NameMatch<Value> | { several: { name: string; value: Value }[] } | undefined

/** Finds a file by its name as another program may have written it. */
export interface NameIndex<Value> {
  find(name: string): NameSearch<Value>
}

export interface NameMatch<Value> {
  name: string
  value: Value
  /** In what the name differs from the one that was looked up: nothing where it is the same. */
  differs: ('folder' | 'ending' | 'spelling')[]
}

interface Form {
  /** The whole of it, with '/' between its parts. */
  path: string
  /** The folders, without those that only say what kind of files they hold. */
  folders: string[]
  base: string
  ending: string
}

interface Entry<Value> {
  name: string
  value: Value
  form: Form
  /** The form of the name with the root before it. */
  whole: Form
}

/** Folders that tell images from labels: images/train/a.jpg and labels/train/a.txt belong together. */
const KIND_FOLDERS = [
  ...['image', 'images', 'img', 'imgs', 'jpegimages'],
  ...['label', 'labels', 'annotations', 'obj_train_data'],
]

/** An ending begins with a letter: '2.1' in 'field-2.1' is none. */
const ENDING = /(?<=.)\.[a-z][a-z0-9]{0,4}$/i

/**
 * Files by their names. Slashes may lean either way, folders and the ending may be others, letters may differ in their case
 * and their Unicode form; whichever file is nearest is taken, unless two are.
 *
 * @param root the folder below which the names lie
 */
export function nameIndex<Value>(
  entries: Iterable<readonly [name: string, value: Value]>,
  root = '',
): NameIndex<Value> {
  const all = [...entries].map(([name, value]): Entry<Value> => {
    return { name, value, form: formOf(name), whole: formOf(`${root}/${name}`) }
  })
  const byBase = Map.groupBy(all, ({ form }) => plain(form.base))
  const nearest = (wanted: Form, name: string): NameSearch<Value> => {
    const wantedFolder = plain(wanted.folders.join('/'))
    const measures: ((entry: Entry<Value>) => number)[] = [
      ({ form }) => Number(form.path === wanted.path),
      ({ whole }) => foldersInCommon(wanted, whole),
      ({ form }) => Number(plain(form.folders.join('/')) === wantedFolder),
      ({ form }) => Number(plain(form.ending) === plain(wanted.ending)),
      ({ form }) => Number(form.base === wanted.base),
      (entry) => Number(entry.name === name),
    ]
    const [first, ...others] = measures.reduce(greatest, byBase.get(plain(wanted.base)) ?? [])
    if (first === undefined) return undefined
    if (others.length > 0) return { several: [first, ...others] }
    return { name: first.name, value: first.value, differs: difference(wanted, first.whole) }
  }
  return {
    find(name) {
      const wanted = formOf(name)
      const found = nearest(wanted, name)
      if (found && 'several' in found) return found
      if (found && !found.differs.includes('ending')) return found
      // 'field.v2' may be a name without an ending, too.
      return nearest({ ...wanted, base: wanted.base + wanted.ending, ending: '' }, name) ?? found
    },
  }
}

function greatest<Item>(entries: Item[], measure: (entry: Item) => number): Item[] {
  const measured = entries.map(measure)
  const most = Math.max(...measured)
  return entries.filter((_, at) => measured[at] === most)
}

/** A file's name without folder and ending: what the labels of an image and the image have in common. */
export function stem(file: string): string {
  return formOf(file).base.normalize('NFC')
}

function formOf(name: string): Form {
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part))
  const path = parts.join('/')
  const last = parts.pop() ?? ''
  const ending = ENDING.exec(last)?.[0] ?? ''
  return {
    path,
    folders: parts.filter((part) => !KIND_FOLDERS.includes(part.toLowerCase())),
    base: last.slice(0, last.length - ending.length),
    ending,
  }
}

function plain(part: string): string {
  return part.normalize('NFC').toLowerCase()
}

/** How many of the innermost folders are the same. */
function foldersInCommon(a: Form, b: Form): number {
  let count = 0
  while (count < a.folders.length && count < b.folders.length) {
    if (plain(a.folders.at(-1 - count)!) !== plain(b.folders.at(-1 - count)!)) break
    count++
  }
  return count
}

function difference(wanted: Form, found: Form): NameMatch<unknown>['differs'] {
  const inCommon = foldersInCommon(wanted, found)
  const spelled = ({ folders, base }: Form) => [...folders.slice(folders.length - inCommon), base].join('/')
  const sameEnding = wanted.ending === '' || wanted.ending === found.ending
  const alikeEnding = sameEnding || plain(wanted.ending) === plain(found.ending)
  return [
    ...(inCommon < wanted.folders.length ? (['folder'] as const) : []),
    ...(alikeEnding ? [] : (['ending'] as const)),
    ...(spelled(wanted) !== spelled(found) || (alikeEnding && !sameEnding) ? (['spelling'] as const) : []),
  ]
}
