import { expect, test } from 'vitest'
import { finished, html } from './html.ts'

test('text is escaped, also inside attributes', () => {
  const name = `<b> & "c" 'd'`
  expect(html`<p title="${name}">${name}</p>`.html).toBe(
    '<p title="&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;">&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;</p>',
  )
})

test('finished HTML and nested templates go in as they are, lists are joined', () => {
  const items = ['a', '<'].map((item) => html`<li>${item}</li>`)
  expect(html`<ul>${items}${finished('<li/>')}</ul>`.html).toBe('<ul><li>a</li><li>&#60;</li><li/></ul>')
})

test('nothing is left of null, undefined and false, but zero stays', () => {
  expect(html`${null}${undefined}${false}${0}`.html).toBe('0')
})
