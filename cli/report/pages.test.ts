import { expect, test } from 'vitest'
import { detectorPage } from './detector-page.ts'
import {
  exampleDetectorReport,
  examplePartialFields,
  exampleRecogniserReport,
  exampleScores,
} from './examples.ts'
import { confusionChart } from './heat-map.ts'
import { html } from './html.ts'
import { recogniserPage } from './recogniser-page.ts'

const pictures = [html`<i>first</i>`, html`<i>second</i>`]

/** The cells of the first table row that starts with `name`. */
function row(page: string, name: string): string[] {
  const cells = [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map((match) =>
    [...match[1]!.matchAll(/<td>(.*?)<\/td>/gs)].map((cell) => cell[1]!),
  )
  return cells.find((all) => all[0] === name)!
}

test('a detector page gives each source its figures', () => {
  const page = detectorPage(exampleDetectorReport(), pictures)
  expect(row(page, 'bccd')).toEqual([
    'bccd',
    '12',
    '34',
    '93.4 % (91.4–94.4)',
    '80.0 % (78.0–81.0)',
    '90.0 % (88.0–91.0)',
    '95.0 % (93.0–96.0)',
    '96.0 % (94.0–97.0)',
    '80.0 % (78.0–81.0) of 5',
  ])
  expect(row(page, 'Blast')).toEqual(['Blast', '40', '39', '97.5 %'])
})

test('where the labels are partial only recall is given', () => {
  const page = detectorPage(exampleDetectorReport(), pictures)
  expect(row(page, 'segpc').slice(3, 8)).toEqual(['–', '–', '–', '–', '96.0 % (94.0–97.0)'])
  expect(page).toContain('In segpc only some of the nucleated cells are labelled')
})

test('what touching cells do, and a chosen threshold, have tables of their own', () => {
  const choice = {
    ...{ missCost: 3, rawThreshold: 0.31, threshold: 0.42, misses: 7, extras: 12, cells: 90 },
    ...{ calibration: { slope: 1.5, offset: -0.25 }, ece: { before: 0.1, after: 0.02 }, eceAbove: null },
    ...{ detections: 150, hits: 83 },
  }
  const report = { ...exampleDetectorReport(), choice }
  const page = detectorPage(report, pictures)
  const touching = page.slice(page.indexOf('Touching cells'))
  expect(row(touching, 'bccd')).toEqual([
    ...['bccd', '34', '3 in 2', '8.8 % (6.8–9.8)', '1, 2 too many', '2.9 % (0.9–3.9)', '0'],
  ])
  expect(row(touching, 'segpc')).toBeUndefined()
  expect(row(page, 'Missed cells')).toEqual(['Missed cells', '7 of 90'])
  expect(row(page, 'Slope and offset on the logit')[1]).toBe('1.5000, -0.2500')
  expect(detectorPage(exampleDetectorReport(), pictures)).not.toContain('Choice of the threshold')
})

test('each mistake stands under its heading with its own picture', () => {
  const page = detectorPage(exampleDetectorReport(), pictures)
  const missed = page.slice(page.indexOf('Missed cells'), page.indexOf('Finds that'))
  expect(missed).toContain('<i>first</i>')
  expect(missed).toContain('no box fits')
  expect(missed).not.toContain('<i>second</i>')
})

test('a page of partial fields alone draws no precision-recall curve', () => {
  const report = { ...exampleDetectorReport(), overall: null, fields: [examplePartialFields('segpc')] }
  expect(detectorPage(report, pictures)).not.toContain('Precision over recall')
})

test('failed images are listed with their codes', () => {
  const failures = [{ file: 'x.png', code: 'FIELD_NOT_DECODABLE', message: 'x.png is not an image.' }]
  const page = detectorPage({ ...exampleDetectorReport(), failures }, pictures)
  expect(page).toContain('<code>FIELD_NOT_DECODABLE</code> x.png is not an image.')
})

test('a recogniser page shows mistakes as labelled and said, and escapes file names', () => {
  const page = recogniserPage(exampleRecogniserReport(), pictures)
  expect(page).toContain('<span>Blast</span><span class="said">87 % Myelocyte</span>')
  expect(page).not.toContain('<odd>')
  expect(row(page, 'band or segmented')).toEqual(['band or segmented', '41', '90.0 %', '90.0 %', '90.0 %'])
  expect(row(page, 'Lymphoid')).toEqual(['Lymphoid', '12', '-1.3', '-9.0 to 6.5'])
  expect(row(page, 'pbc, platelet')).toEqual(['pbc, platelet', '9', 'Not identifiable 8, Basophil 1'])
})

test('pages load nothing from elsewhere', () => {
  const pages = [
    detectorPage(exampleDetectorReport(), pictures),
    recogniserPage(exampleRecogniserReport(), pictures),
  ]
  for (const page of pages) {
    expect(page).not.toMatch(/<script|<link|@import|url\((?!#)/)
    expect(page.match(/(src|href)="(?!data:)[^"]*"/g)).toBeNull()
    expect(page).toContain('Not a medical device')
    expect(page).toContain('ab'.repeat(32))
  }
})

test('a confusion matrix has a row for each class with cells, and its counts', () => {
  const { html: svg } = confusionChart(exampleScores('all').confusion, 'all')
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]!.replace(/\s+/g, ' '))
  expect(texts).toEqual(expect.arrayContaining(['Blast 20', 'Lymphocyte 41', '17', '3', 'NID']))
  expect(texts.some((text) => text.startsWith('Monocyte'))).toBe(false)
})
