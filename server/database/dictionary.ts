/** The data dictionary, written from the tables' types and what the database itself says of them. */
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import ts from 'typescript'
import { type AnyDatabase, tablesOf } from './tables.ts'

export const DICTIONARY = join(import.meta.dirname, '../../docs/data-dictionary.md')

/** Where schema.ts has its parts, by subject. */
const PARTS = join(import.meta.dirname, 'schema')

interface Column {
  name: string
  type: string
  what: string
}
interface Described {
  what: string
  columns: Column[]
}

const INTRODUCTION = `# Data dictionary

Written by \`npm run -s dictionary\` from \`server/database/schema.ts\` and an SQLite database of the present version; MySQL
and MariaDB hold the same tables. Ids are UUIDv7, times are milliseconds since 1970 in UTC, JSON is kept as text, flags are
0 or 1.
`

/** As Markdown. `db` is an empty SQLite database of the present version. */
export async function dictionary(db: AnyDatabase): Promise<string> {
  const described = describeTables()
  const parts: string[] = [INTRODUCTION]
  for (const { name, key } of await tablesOf(db)) {
    const of = described.get(name)
    if (!of) throw new Error(`The table ${name} is not described in schema.ts.`)
    const { rows } = await sql<{ name: string; type: string; notnull: number }>`
      select name, type, "notnull" from pragma_table_info(${name}) order by cid`.execute(db)
    const lines = rows.map((column) => {
      const known = of.columns.find((one) => one.name === column.name)
      if (!known) throw new Error(`The column ${name}.${column.name} is not described in schema.ts.`)
      const marks = [
        ...(key.includes(column.name) ? ['key'] : []),
        ...(column.notnull ? [] : ['may be empty']),
      ]
      return `| ${column.name} | ${column.type} | ${cell(known.type)} | ${cell([known.what, ...marks].filter(Boolean).join('; '))} |`
    })
    const indexes = await indexesOf(db, name)
    parts.push(
      `## ${name}\n`,
      ...(of.what ? [`${of.what}\n`] : []),
      '| column | SQL | holds | |\n|---|---|---|---|',
      ...lines,
      ...(indexes.length > 0 ? [`\nFound by: ${indexes.join('; ')}.`] : []),
      '',
    )
  }
  return parts.join('\n')
}

async function indexesOf(db: AnyDatabase, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string; is_unique: number; column: string }>`
    select list.name as name, list."unique" as is_unique, info.name as "column"
    from pragma_index_list(${table}) as list, pragma_index_info(list.name) as info
    where list.origin = 'c' order by list.name, info.seqno`.execute(db)
  const found = new Map<string, { unique: boolean; columns: string[] }>()
  for (const { name, is_unique, column } of rows) {
    const index = found.get(name) ?? { unique: is_unique === 1, columns: [] }
    index.columns.push(column)
    found.set(name, index)
  }
  return [...found.values()].map(({ unique, columns }) => `${columns.join(', ')}${unique ? ' (unique)' : ''}`)
}

/** What schema.ts and its parts say of each table and column: the types as written, the comments as they stand. */
function describeTables(): Map<string, Described> {
  const file = join(import.meta.dirname, 'schema.ts')
  const program = ts.createProgram([file], { strict: true, noEmit: true, skipLibCheck: true })
  const checker = program.getTypeChecker()
  const parts = program.getSourceFiles().filter(({ fileName }) => dirname(fileName) === PARTS)
  const named = new Map<string, ts.Statement>()
  for (const statement of [program.getSourceFile(file)!, ...parts].flatMap((one) => one.statements)) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      named.set(statement.name.text, statement)
    }
  }
  const tables = new Map<string, Described>()
  for (const member of (named.get('Database') as ts.InterfaceDeclaration).members) {
    if (!ts.isPropertySignature(member)) continue
    const columns = checker
      .getTypeAtLocation(member.type!)
      .getProperties()
      .map((column) => ({
        name: column.name,
        type: typeOf(column, checker),
        what: ts.displayPartsToString(column.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim(),
      }))
    tables.set(member.name.getText(), { what: commentOf(named.get(member.type!.getText())!), columns })
  }
  return tables
}

/** As it is written; of a column that is made by a pattern, as it comes out. */
function typeOf(column: ts.Symbol, checker: ts.TypeChecker): string {
  const declared = column.valueDeclaration
  const written = declared && ts.isPropertySignature(declared) ? declared.type?.getText() : undefined
  return (written ?? checker.typeToString(checker.getTypeOfSymbol(column))).replace(/\s+/g, ' ')
}

function commentOf(node: ts.Node): string {
  const [last] = ts.getJSDocCommentsAndTags(node).slice(-1)
  const text = last && ts.isJSDoc(last) ? ts.getTextOfJSDocComment(last.comment) : ''
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

const cell = (text: string) => text.replaceAll('|', '\\|')
