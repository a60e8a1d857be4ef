import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGarbled, saysNothing, writtenName } from './given-texts.ts'

test.each(['-', '—', '/', '无', '不详', 'NULL', 'nan', 'N/A', 'undefined', ' ？ ', '..'])(
  '%j says nothing',
  (text) => expect(saysNothing(text)).toBe(true),
)
test.each(['Nan', 'Null', '0', 'H-1', '无名氏', 'NA12', ''])('%j says something, or is empty', (text) => {
  expect(saysNothing(text)).toBe(false)
})

test('a name is kept as it is read', () => {
  expect(writtenName(' 李\u200b雷\u200e ')).toBe('李雷')
  expect(writtenName('Müller'.normalize('NFD'))).toBe('Müller')
  expect(writtenName('Anna\u00a0 Bohr')).toBe('Anna Bohr')
  expect(writtenName('علی\u200cرضا')).toBe('علی\u200cرضا')
  expect(writtenName('\u200b\ufeff')).toBe('')
})

describe('what was read in another encoding before it came', () => {
  const windows = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text))
  test('is known, of any name with letters beyond ASCII', () => {
    const signs = fc.constantFrom(...'李雷韩梅éüßŁñøабвأحمد김민'.match(/./gu)!)
    fc.assert(
      fc.property(fc.array(signs, { minLength: 1, maxLength: 5 }), (some) => {
        const name = some.join('')
        expect(isGarbled(name), name).toBe(false)
        expect(isGarbled(windows(name)), windows(name)).toBe(true)
        expect(isGarbled(`Anna ${windows(name)}`)).toBe(true)
      }),
      { seed: 17 },
    )
  })
  test.each(['锟斤拷', '???', '李??', 'æŽé›·'])('%s', (text) => expect(isGarbled(text)).toBe(true))
  test.each(['Łukasz', 'José', 'Ärzte', 'O’Neill', 'Žižka', '李雷?', 'Anna'])('%s is none of it', (text) => {
    expect(isGarbled(text)).toBe(false)
  })
})
