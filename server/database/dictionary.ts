/** The data dictionary, written from the tables' types and what the database itself says of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import ts from 'typescript'
import { type AnyDatabase, tablesOf } from './tables.ts'

export const DICTIONARY = join(import.meta.dirname, '../../docs/data-dictionary.md')

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

/** What schema.ts says of each table and column: the types as written, the comments as they stand. */
function describeTables(): Map<string, Described> {
  const file = join(import.meta.dirname, 'schema.ts')
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const interfaces = new Map<string, ts.InterfaceDeclaration>()
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, statement)
  }
  const tables = new Map<string, Described>()
  for (const member of interfaces.get('Database')!.members) {
    if (!ts.isPropertySignature(member)) continue
    const row = interfaces.get(member.type!.getText())!
    const columns = propertiesOf(row, interfaces).map((column) => ({
      name: column.name.getText(),
      type: column.type!.getText().replace(/\s+/g, ' '),
      what: commentOf(column),
    }))
    tables.set(member.name.getText(), { what: commentOf(row), columns })
  }
  return tables
}

/** Its own and those of what it extends. */
function propertiesOf(
  row: ts.InterfaceDeclaration,
  interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>,
): ts.PropertySignature[] {
  const above = (row.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => interfaces.get(expression.getText())!),
  )
  return [
    ...above.flatMap((one) => propertiesOf(one, interfaces)),
    ...row.members.filter(ts.isPropertySignature),
  ]
}

function commentOf(node: ts.Node): string {
  const [last] = ts.getJSDocCommentsAndTags(node).slice(-1)
  const text = last && ts.isJSDoc(last) ? ts.getTextOfJSDocComment(last.comment) : ''
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

const cell = (text: string) => text.replaceAll('|', '\\|')
