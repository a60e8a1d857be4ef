/** Gives each text of a document the fonts that have its characters. */
import type { Content, DynamicContent, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { isPlain, runsOf } from '../../fonts/runs.ts'

type Node = Record<string, unknown>

export function withFonts(document: TDocumentDefinitions): TDocumentDefinitions {
  const part = (content: unknown): unknown =>
    typeof content === 'function'
      ? (...given: Parameters<DynamicContent>) => inFonts((content as DynamicContent)(...given))
      : inFonts(content)
  return {
    ...document,
    content: inFonts(document.content) as Content,
    header: part(document.header) as DynamicContent,
    footer: part(document.footer) as DynamicContent,
  }
}

/** The same content, whose texts are split where another font is needed. */
function inFonts(content: unknown): unknown {
  if (typeof content === 'string') return isPlain(content) ? content : { text: runsOf(content) }
  if (Array.isArray(content)) return content.map(inFonts)
  if (content === null || typeof content !== 'object') return content
  const node: Node = { ...content }
  if (node.text !== undefined) node.text = textInFonts(node.text)
  for (const key of ['stack', 'columns'] as const) if (node[key]) node[key] = inFonts(node[key])
  if (node.table) {
    const table = node.table as { body: unknown[][] }
    node.table = { ...table, body: table.body.map((row) => row.map(inFonts)) }
  }
  return node
}

/** Parts of a text keep their style, for pdfmake gives nested ones none of the part that they stand in. */
function textInFonts(text: unknown): unknown {
  if (typeof text === 'string') return isPlain(text) ? text : runsOf(text)
  if (!Array.isArray(text)) return text
  return text.flatMap((part: unknown) => {
    if (typeof part === 'string') return isPlain(part) ? [part] : runsOf(part)
    const node = part as Node
    if (typeof node.text !== 'string' || isPlain(node.text)) return [part]
    return runsOf(node.text).map((run) => ({ ...node, ...run }))
  })
}
