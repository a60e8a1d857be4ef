/** The import rule, the floors of server/, no circles, what a migration may import, and the promise that the library never prints, exits or reads the environment. */
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Which other rooms a room may import. Nothing may import cli or bench. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cytology: [],
  vision: ['cytology'],
  annotation: ['cytology', 'vision'],
  testkit: ['cytology'],
  cli: ['cytology', 'vision', 'annotation', 'testkit'],
  server: ['cytology', 'vision', 'annotation', 'testkit'],
  web: ['cytology'],
  e2e: ['cytology', 'testkit'],
  bench: ['cytology', 'vision', 'annotation', 'testkit', 'e2e'],
}
/** The only files besides its own that a migration may import: all other code may change after its day. */
const FOR_MIGRATIONS = ['is-there.ts', 'make-tables.ts', 'tables.ts']
/**
 * The floors of server/, the highest first: a folder, or a file that lies beside them, imports only what lies on a lower floor,
 * types too. Tests and what is made for them may import all.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['write-web-types.ts', 'measure-audit.ts'],
  ['web-types.ts'],
  ['main.ts', 'for-tests.ts', 'process-for-tests.ts'],
  ['app.ts'],
  ['administration'],
  ['privacy'],
  ['printing', 'demo'],
  ['fields', 'signing'],
  ['cases', 'research'],
  ['patients', 'analyses', 'references', 'statistics'],
  ['cells', 'readings', 'reports'],
  ['identities'],
  ['accounts', 'cell-names', 'counting-rules', 'slides', 'site'],
  ['clock', 'originals'],
  ['audit', 'search', 'summaries'],
  ['case-lock'],
  ['ports.ts', 'answer-errors.ts'],
  ['queue'],
  ['database'],
  ['api', 'decoding', 'fonts', 'hashing', 'inference', 'storage'],
  [
    'config.ts',
    'csv.ts',
    'deadlines.ts',
    'declared.ts',
    'events.ts',
    'local-day.ts',
    'lock-folder.ts',
    'log-errors.ts',
    'log-stream.ts',
    'owner-alone.ts',
    'shut-down.ts',
    'start-error.ts',
    'threads.ts',
    'web-pages.ts',
  ],
  ['errors.ts', 'limits.ts', 'permissions.ts'],
]
const LIBRARY = ['cytology', 'vision', 'annotation', 'testkit']
const OF_PROCESS = ['exit', 'exitCode', 'env', 'argv', 'stdout', 'stderr']

/** What a file, by its path from the root, does against the rules; empty when all is well. */
function complaints(path: string, source: string): string[] {
  const room = path.split('/')[0]!
  const isTest = /\.test\.ts$/.test(path)
  const wrong = specifiersOf(source).filter(
    (specifier) =>
      !mayImport(room, isTest, path, specifier) ||
      (!isTest && isLivingCode(path, specifier)) ||
      climbs(path, specifier),
  )
  const used = LIBRARY.includes(room) && !isTest ? outsideWorld(source) : []
  return [
    ...wrong.map((specifier) => `${path} imports ${specifier}`),
    ...used.map((use) => `${path} uses ${use}`),
  ]
}

const specifiersOf = (source: string): string[] =>
  ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName)

function mayImport(room: string, isTest: boolean, path: string, specifier: string): boolean {
  if (/^onnxruntime/.test(specifier)) return room === 'vision'
  if (room === 'cytology' && !isTest && specifier.startsWith('node:')) return false
  const own = /^marrowscope\/(.*)/.exec(specifier)?.[1]
  if (own === undefined && !specifier.startsWith('.')) {
    return !(LIBRARY.includes(room) && !isTest && /^(node:)?(process|console)$/.test(specifier))
  }
  const target = own ?? posix.join(posix.dirname(path), specifier)
  const to = target.split('/')[0]!
  return (
    to === room || target === 'package.json' || (isTest && to === 'testkit') || MAY_IMPORT[room]!.includes(to)
  )
}

/** Whether a migration, or a helper made for migrations, imports what is neither. */
function isLivingCode(path: string, specifier: string): boolean {
  const file = /^server\/database\/([^/]+)$/.exec(path)?.[1] ?? ''
  const number = /^\d{4}-/.exec(file)?.[0]
  if (number === undefined && !FOR_MIGRATIONS.includes(file)) return false
  if (/^marrowscope\//.test(specifier)) return true
  if (!specifier.startsWith('.')) return false
  const own = /^\.\/([^/]+)$/.exec(specifier)?.[1] ?? ''
  return !FOR_MIGRATIONS.includes(own) && !(number !== undefined && own.startsWith(number))
}

/** Whether a file of server/ imports what lies on its own floor or on a higher one, or on none. */
function climbs(path: string, specifier: string): boolean {
  if (!path.startsWith('server/') || /(\.test|for-tests)\.ts$/.test(path) || !specifier.startsWith('.'))
    return false
  const [room, to] = posix.join(posix.dirname(path), specifier).split('/')
  const from = path.split('/')[1]!
  return room === 'server' && to !== from && !(floorOf(from) < floorOf(to!))
}

/** Counted from the highest; NaN of what lies on no floor, which is neither lower nor higher than any. */
function floorOf(name: string): number {
  const floor = FLOORS.findIndex((names) => names.includes(name))
  return floor < 0 ? Number.NaN : floor
}

/** The groups of files that import each other in circles, each group sorted: strongly connected components, by Tarjan. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  /** The earliest file in `open` that can be reached from here. */
  const reach = (file: string): number => {
    const own = order.size
    order.set(file, own)
    open.push(file)
    let earliest = own
    for (const to of imports.get(file) ?? []) {
      if (!imports.has(to)) continue
      if (!order.has(to)) earliest = Math.min(earliest, reach(to))
      else if (open.includes(to)) earliest = Math.min(earliest, order.get(to)!)
    }
    if (earliest < own) return earliest
    const group = open.splice(open.indexOf(file))
    if (group.length > 1 || imports.get(file)!.includes(file)) found.push(group.sort())
    return earliest
  }
  for (const file of imports.keys()) if (!order.has(file)) reach(file)
  return found
}

/** What the files import of each other, by their paths from the root. */
function importsOf(paths: readonly string[]): Map<string, string[]> {
  const target = (path: string, specifier: string) => {
    const own = /^marrowscope\/(.*)/.exec(specifier)?.[1]
    return own ? `${own}/index.ts` : posix.join(posix.dirname(path), specifier)
  }
  return new Map(
    paths.map((path) => [
      path,
      specifiersOf(scriptsOf(path, readFileSync(path, 'utf8'))).map((specifier) => target(path, specifier)),
    ]),
  )
}

/** The code of a file: of a Vue component what stands in its scripts. */
const scriptsOf = (path: string, source: string): string =>
  path.endsWith('.vue')
    ? [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, code]) => code).join('\n')
    : source

/** The uses of `console` and of the parts of `process` that print, exit or read the environment. */
function outsideWorld(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const owner = node.expression.getText()
      const member = ts.isPropertyAccessExpression(node) ? node.name.text : node.argumentExpression.getText()
      if (/^(globalThis\.)?console$/.test(owner)) found.push(`console.${member}`)
      if (/^(globalThis\.)?process$/.test(owner) && OF_PROCESS.includes(member.replace(/['"`]/g, ''))) {
        found.push(`process.${member}`)
      }
    }
    // Taking the object whole, as in `const { env } = process`, would hide the member.
    if (ts.isVariableDeclaration(node) && /^(console|process)$/.test(node.initializer?.getText() ?? '')) {
      found.push(node.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true))
  return found
}

const files = globSync(`{${Object.keys(MAY_IMPORT).join(',')}}/**/*.{ts,mts,cts,js,mjs,cjs}`)

test('the walk finds the rooms', () => {
  expect(files).toContain('cytology/cell-types.ts')
  expect(files).toContain('server/database/0001-first.ts')
  for (const helper of FOR_MIGRATIONS) expect(files).toContain(`server/database/${helper}`)
})

test('no file breaks the import rule or reaches for the outside world', () => {
  expect(files.flatMap((path) => complaints(path, readFileSync(path, 'utf8')))).toEqual([])
})

test('every folder of server/, and every file beside them, lies on one floor', () => {
  const there = files
    .filter((path) => path.startsWith('server/') && !path.endsWith('.test.ts'))
    .map((path) => path.split('/')[1])
  expect(FLOORS.flat().sort()).toEqual([...new Set(there)].sort())
})

test.each(Object.keys(MAY_IMPORT))('no files of %s import each other in a circle', (room) => {
  const own = [...files, ...globSync('web/**/*.vue')].filter(
    (path) => path.startsWith(`${room}/`) && !path.startsWith('web/dist/'),
  )
  expect(circles(importsOf(own))).toEqual([])
})

test.each([
  [{ a: ['b'], b: ['c'], c: ['d'], d: ['b', 'e'], e: [] }, [['b', 'c', 'd']]],
  [
    { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
    [
      ['c', 'd'],
      ['a', 'b'],
    ],
  ],
  [{ a: ['a'] }, [['a']]],
  [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: ['elsewhere'] }, []],
])('the circles of %j are %j', (graph: Record<string, string[]>, expected) => {
  expect(circles(new Map(Object.entries(graph)))).toEqual(expected)
})

test.each([
  ['cytology/a.ts', "import { x } from '../vision/index.ts'"],
  ['cytology/a.ts', "import { readFileSync } from 'node:fs'"],
  ['vision/deep/a.ts', "export * from '../../annotation/index.ts'"],
  ['vision/a.ts', "import type { X } from 'marrowscope/annotation'"],
  ['vision/a.ts', "import { draw } from '../testkit/index.ts'"],
  ['annotation/a.ts', "const cli = await import('../cli/main.ts')"],
  ['annotation/a.test.ts', "import '../bench/speed.ts'"],
  ['testkit/a.ts', "import '../vision/raster.ts'"],
  ['bench/a.ts', "import '../cli/main.ts'"],
  ['cli/a.ts', "import '../bench/speed.ts'"],
  ['cli/a.ts', "import { InferenceSession } from 'onnxruntime-node'"],
  ['annotation/a.ts', "import '../server/app.ts'"],
  ['vision/a.ts', "import { env } from 'node:process'"],
  ['vision/a.ts', "console.log('found')"],
  ['testkit/a.ts', 'globalThis.console.warn(1)'],
  ['annotation/a.ts', 'if (bad) process.exit(1)'],
  ['vision/a.ts', "const models = process['env'].MODELS"],
  ['vision/a.ts', 'const { env } = process'],
  ['server/database/0014-a.ts', "import { CELL_CLASSES } from '../../cytology/index.ts'"],
  ['server/database/0014-a.ts', "import { CELL_CLASSES } from 'marrowscope/cytology'"],
  ['server/database/0014-a.ts', "import { inChunks } from './in-chunks.ts'"],
  ['server/database/0014-a.ts', "import type { Database } from './schema.ts'"],
  ['server/database/0014-a.ts', "import { CLASSES } from './0013-b.ts'"],
  ['server/database/make-tables.ts', "import { CELL_CLASSES } from '../../cytology/index.ts'"],
  ['server/cells/a.ts', "import { b } from '../cases/b.ts'"],
  ['server/cells/a.ts', "import type { Reading } from '../readings/schemas.ts'"],
  ['server/patients/import/a.ts', "import { b } from '../../cases/b.ts'"],
  ['server/case-lock/a.ts', "const { record } = await import('../audit/record.ts')"],
  ['server/ports.ts', "import { record } from './audit/record.ts'"],
  ['server/cells/a.ts', "import '../on-no-floor/b.ts'"],
  ['server/on-no-floor/a.ts', "import '../errors.ts'"],
])('%s may not say: %s', (path, source) => {
  expect(complaints(path, source)).toHaveLength(1)
})

test.each([
  [
    'vision/a.ts',
    "import ort from 'onnxruntime-node'\nimport { a } from '../cytology/index.ts'\nimport './b.ts'",
  ],
  [
    'annotation/a.ts',
    "import '../vision/index.ts'\nimport 'marrowscope/cytology'\nimport sharp from 'sharp'",
  ],
  ['vision/a.test.ts', "import '../testkit/index.ts'\nconst data = process.env.MARROWSCOPE_DATA"],
  [
    'cli/a.ts',
    "import '../testkit/index.ts'\nimport p from '../package.json' with { type: 'json' }\nprocess.exit(1)",
  ],
  [
    'server/database/0014-a.ts',
    "import { v7 } from 'uuid'\nimport { addColumn } from './make-tables.ts'\nimport { ROWS } from './0014-rows.ts'",
  ],
  ['server/database/0014-a.test.ts', "import { openDatabase } from './open.ts'"],
  ['server/database/make-tables.ts', "import { hasColumn } from './is-there.ts'"],
  [
    'server/cells/a.ts',
    "import '../case-lock/b.ts'\nimport './deep/b.ts'\nimport type { Ports } from '../ports.ts'\nimport '../../vision/index.ts'",
  ],
  ['server/cells/a.test.ts', "import '../app.ts'"],
  ['server/cells/case-for-tests.ts', "import '../for-tests.ts'"],
  [
    'vision/a.ts',
    "// import '../cli/main.ts' and console.log\nconst text = 'process.exit'\nprocess.memoryUsage()",
  ],
])('%s may say: %s', (path, source) => {
  expect(complaints(path, source)).toEqual([])
})

/** Two tools of the developers start a server as the tests do. */
const TOOLS = ['web-types.ts', 'measure-audit.ts']

/** What a file that goes to users takes from the helpers of tests. */
function testHelpers(path: string, source: string): string[] {
  const isForTests = /(\.test|for-tests)\.ts$|^e2e\//.test(path) || TOOLS.includes(posix.basename(path))
  const imports = ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName)
  return isForTests ? [] : imports.filter((specifier) => /for-tests\.ts$/.test(specifier))
}

test('no file that goes to users imports what is for tests', () => {
  expect(files.filter((path) => testHelpers(path, readFileSync(path, 'utf8')).length > 0)).toEqual([])
  const source = "import { startTestServer } from './for-tests.ts'"
  expect(testHelpers('server/app.ts', source)).toHaveLength(1)
  expect(testHelpers('server/app.test.ts', source)).toEqual([])
})
