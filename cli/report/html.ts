/** A piece of finished HTML: the only thing that the template below puts in unescaped. */
export type Html = { html: string }

type Part = Html | string | number | null | undefined | false | Part[]

/** Escapes text for element content and for quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Template of HTML. Text is escaped, Html goes in as it is, lists are joined; null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((all, text, i) => all + put(parts[i - 1]) + text) }
}

/** Marks text that is HTML already (a drawn chart, a style sheet). */
export function finished(text: string): Html {
  return { html: text }
}

function put(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(put).join('')
  return typeof part === 'object' ? part.html : escapeHtml(String(part))
}
