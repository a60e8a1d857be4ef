import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { Id, identity, nullable } from '../api/common.ts'
import { covered, wordCover } from './what-is-shown.ts'

const NOW = Date.UTC(2026, 2, 4)
const Person = Type.Object({
  id: Id,
  name: Type.String(identity('text')),
  birthDate: nullable(Type.String(identity('day'))),
  ageYears: Type.Optional(Type.Integer()),
  number: Type.String(identity('marrow-number')),
  note: Type.String(identity('note')),
  error: nullable(Type.String(identity('fault'))),
  changes: Type.Record(Type.String(), Type.Array(Type.String()), identity('changes')),
  text: Type.String(),
  kind: Type.Enum(['Wang']),
})
const PERSON = {
  id: '01900000-0000-7000-8000-0123456789ab',
  name: 'Wang',
  birthDate: '1990-03-05',
  number: 'M-1',
  note: 'his wife rang',
  error: 'FIELD_NOT_DECODABLE: wang.png is broken',
  changes: { name: ['Wong', 'Wang'], sex: ['unknown', 'male'], weight: ['70', '71'] },
  text: 'Mr WANG, born 1990-03-05, of Wangtown',
  kind: 'Wang',
}

test('what is marked is covered, and so are its words in what people typed', () => {
  expect(covered({ items: [PERSON] }, Type.Object({ items: Type.Array(Person) }), [], NOW)).toEqual({
    items: [
      {
        id: PERSON.id,
        name: '',
        birthDate: null,
        ageYears: 35,
        number: 'C-23456789AB',
        note: '',
        error: 'FIELD_NOT_DECODABLE',
        // A field that nobody has thought through is covered.
        changes: { name: ['—', '—'], sex: ['unknown', 'male'], weight: ['—', '—'] },
        text: 'Mr —, born —, of Wangtown',
        kind: 'Wang',
      },
    ],
  })
})

test('nothing is known: null stays null, and an answer without a schema is gone through for the words', () => {
  const nobody = { ...PERSON, birthDate: null, error: null }
  expect(covered(nobody, Person, [], NOW)).toMatchObject({ birthDate: null, error: null })
  expect(covered(nobody, Person, [], NOW)).not.toHaveProperty('ageYears')
  expect(covered(['of 王芳 and 王芳芳', 7, null], undefined, ['王芳'], NOW)).toEqual([
    'of — and —芳',
    7,
    null,
  ])
})

test.each([
  [['12', '李'], '12 of 李 is 12', '12 of 李 is 12'],
  [['MN-1 (2)', 'MN-1'], 'see mn-1 (2) and MN-1; MN-12', 'see — and —; MN-12'],
  [[], 'as it is', 'as it is'],
])('the words %j in %j', (words, text, shown) => {
  expect(wordCover(words)(text)).toBe(shown)
})
