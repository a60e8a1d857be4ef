import { expect, test } from 'vitest'
import { linkOf } from './check-link.ts'

const about = (types: ('blast' | 'monocyte')[]) => ({
  ...{ part: null, subject: null, claim: null, words: '', types },
  ...{ value: null, low: null, high: null, reference: '' },
})

test('a check of cells leads to the cells, with the filters that show them alone', () => {
  expect(linkOf({ code: 'UNIDENTIFIED_LEFT' }, '1')).toBe('/case/1/read?type=not_identifiable&open=1')
  expect(linkOf({ code: 'UNREVIEWED_LEFT' }, '1')).toBe('/case/1/read?open=1')
  expect(linkOf({ code: 'SHARE_FAR', numbers: about(['blast']) }, '1')).toBe('/case/1/read?type=blast')
})

test('what is no matter of cells leads to its view, or nowhere', () => {
  expect(linkOf({ code: 'IMAGES_DAMAGED' }, '1')).toBe('/case/1/images')
  expect(linkOf({ code: 'COUNT_NOT_CHOSEN' }, '1')).toBe('/case/1/counter')
  expect(linkOf({ code: 'READER_SIGNS' }, '1')).toBeUndefined()
  expect(linkOf({ code: 'PHRASE_CONTRADICTS', numbers: about([]) }, '1')).toBeUndefined()
})
