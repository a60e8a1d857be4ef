/**
 * The names of the classes in a YAML file, by their numbers: `names` with a list or a map, in one line or several. undefined
 * where the file has no names; a sentence where they are written in a way that is not read.
 */
export function namesInYaml(text: string): (string | undefined)[] | string | undefined {
  const lines = text.split(/\r\n?|\n/).map(withoutRemark)
  const at = lines.findIndex((line) => /^["']?names["']?\s*:/.test(line))
  if (at < 0) return undefined
  const first = lines[at]!.replace(/^["']?names["']?\s*:/, '').trim()
  const names = /^[[{]/.test(first)
    ? inBrackets([first, ...lines.slice(at + 1)])
    : inLines(first, lines.slice(at + 1))
  if (typeof names === 'string') return names
  const count = Number(/^["']?nc["']?\s*:\s*(\d+)\s*$/m.exec(lines.join('\n'))?.[1] ?? names.length)
  if (count !== names.length) return `there are ${names.length} of them, and nc says ${count}`
  return names
}

/** How many values the key points of a box have: the product of `kpt_shape`, 0 where there is none. */
export function keyPointsInYaml(text: string): number {
  const [, points, values] = /^kpt_shape\s*:\s*\[\s*(\d+)\s*,\s*(\d+)\s*\]/m.exec(text) ?? []
  return Number(points ?? 0) * Number(values ?? 0)
}

type Names = (string | undefined)[] | string

const NOT_READ = 'they are no list of names and no map of numbers to names'

/** ['a', "b"] or {0: a, 1: b}, over as many lines as it takes. */
function inBrackets(lines: readonly string[]): Names {
  const text = lines.join(' ')
  const items = /^[[{]((?:[^\]}"']|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')*)[\]}]/.exec(text)?.[1]
  if (items === undefined) return NOT_READ
  const parts = items.match(/(?:[^,"']|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')+/g) ?? []
  const named = parts.map((part) => part.trim()).filter((part) => part !== '')
  return text.startsWith('[') ? listed(named) : mapped(named)
}

/** '- a' a line, or '0: a' a line. */
function inLines(first: string, lines: readonly string[]): Names {
  if (first !== '') return NOT_READ
  const items: string[] = []
  for (const line of lines) {
    if (line.trim() === '') continue
    if (!/^\s|^-/.test(line)) break
    items.push(line.trim())
  }
  if (items.length === 0) return NOT_READ
  if (!items[0]!.startsWith('-')) return mapped(items)
  if (!items.every((item) => /^-\s/.test(item))) return NOT_READ
  return listed(items.map((item) => item.slice(1).trim()))
}

function listed(items: readonly string[]): Names {
  const names = items.map(unquoted)
  return names.every((name) => name !== undefined) ? names : NOT_READ
}

function mapped(items: readonly string[]): Names {
  const names: (string | undefined)[] = []
  for (const item of items) {
    const [, number, name] = /^["']?(\d+)["']?\s*:\s*(.*)$/.exec(item) ?? []
    if (number === undefined || Number(number) > 9999 || unquoted(name!) === undefined) return NOT_READ
    if (names[Number(number)] !== undefined) return `the number ${number} is there twice`
    names[Number(number)] = unquoted(name!)
  }
  return Array.from(names)
}

/** A word of YAML without its quotes; undefined where it is more than a word. */
function unquoted(word: string): string | undefined {
  if (/^'(?:[^']|'')*'$/.test(word)) return word.slice(1, -1).replaceAll("''", "'")
  if (/^"(?:[^"\\]|\\.)*"$/.test(word)) {
    try {
      return JSON.parse(word) as string
    } catch {
      return undefined
    }
  }
  return /^[&*!|>%@`"'[{]|:\s/.test(word) ? undefined : word
}

/** Without what follows a '#', except within quotes. */
function withoutRemark(line: string): string {
  return /^(?:[^#"']|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|["']|(?<=\S)#)*/.exec(line)![0].trimEnd()
}
