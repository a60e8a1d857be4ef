/** The import rule, what a migration may import, and the promise that the library never prints, exits or reads the environment. */
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
const LIBRARY = ['cytology', 'vision', 'annotation', 'testkit']
const OF_PROCESS = ['exit', 'exitCode', 'env', 'argv', 'stdout', 'stderr']

/** What a file, by its path from the root, does against the rules; empty when all is well. */
function complaints(path: string, source: string): string[] {
  const room = path.split('/')[0]!
  const isTest = /\.test\.ts$/.test(path)
  const imports = ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName)
  const wrong = imports.filter(
    (specifier) => !mayImport(room, isTest, path, specifier) || (!isTest && isLivingCode(path, specifier)),
  )
  const used = LIBRARY.includes(room) && !isTest ? outsideWorld(source) : []
  return [
    ...wrong.map((specifier) => `${path} imports ${specifier}`),
    ...used.map((use) => `${path} uses ${use}`),
  ]
}

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
  ['server/database/0014-a.ts', "import { inChunks } from '../cells/in-chunks.ts'"],
  ['server/database/0014-a.ts', "import type { Database } from './schema.ts'"],
  ['server/database/0014-a.ts', "import { CLASSES } from './0013-b.ts'"],
  ['server/database/make-tables.ts', "import { CELL_CLASSES } from '../../cytology/index.ts'"],
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
    'vision/a.ts',
    "// import '../cli/main.ts' and console.log\nconst text = 'process.exit'\nprocess.memoryUsage()",
  ],
])('%s may say: %s', (path, source) => {
  expect(complaints(path, source)).toEqual([])
})

/** Two tools of the developers start a server as the tests do. */
const TOOLS = ['web-types.ts', 'measure.ts']

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
