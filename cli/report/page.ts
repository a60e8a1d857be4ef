import { finished, type Html, html } from './html.ts'
import type { Provenance } from './report.ts'
import { STYLE } from './style.ts'

/** A figure in the row at the top of the page. */
export type Headline = { name: string; value: string; detail: string }

/** The whole page: headline figures, sections, and what was measured by which command. It loads nothing. */
export function page(title: string, from: Provenance, headlines: Headline[], sections: Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${finished(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="faint">${from.model.name} ${from.model.version} · split ${from.split} · ${from.date.slice(0, 10)}</p>
</header>
<div class="headlines">${headlines.map(headlineFigure)}</div>
${sections}
${provenance(from)}
<footer>For research and education. Not a medical device.</footer>
</main>
</body>
</html>
`.html
}

/** A titled part of the page. */
export function section(
  title: string,
  explanation: string | null,
  body: (Html | null) | (Html | null)[],
): Html {
  return html`<section>
<h2>${title}</h2>
${explanation && html`<p class="explanation">${explanation}</p>`}
${body}
</section>
`
}

/** A table whose first column is words and whose other columns are figures. */
export function table(heads: string[], rows: (string | Html)[][]): Html {
  return html`<div class="scroll"><table>
<thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`
}

function headlineFigure({ name, value, detail }: Headline): Html {
  return html`<div><span>${name}</span><strong>${value}</strong><span class="faint">${detail}</span></div>`
}

function provenance(from: Provenance): Html {
  const scale =
    from.scale === 'given'
      ? 'the known µm per pixel of each source was given to the pipeline'
      : 'estimated by the pipeline from each image'
  const facts: [string, string][] = [
    ['Command', from.command],
    ['Model', `${from.model.name} ${from.model.version}, sha256 ${from.model.sha256}`],
    ['Data', `${from.data}, split ${from.split}${from.only ? `, only the images of ${from.only}` : ''}`],
    ['Scale', scale],
    ['Date', from.date],
  ]
  const failures = from.failures.map(({ code, message }) => html`<li><code>${code}</code> ${message}</li>`)
  return section('How this was measured', null, [
    html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`)}</dl>`,
    html`${failures.length > 0 && html`<p>${failures.length} images could not be measured:</p><ul>${failures}</ul>`}`,
  ])
}
