import { expect, test } from 'vitest'
import { CELL_NAME_PRESETS } from '../../cytology/index.ts'
import { nameOfKey } from './finer-filter.ts'

const preset = CELL_NAME_PRESETS[0]!.names
const names = preset.map((name) => (name.id === 'mitosis' ? { ...name, key: 'j' } : name))

test('Shift and a digit is the n-th name that is offered under the type of the cell', () => {
  const press = (n: number, key: string, type: 'erythroblast' | 'metamyelocyte' = 'erythroblast') =>
    nameOfKey(names, { code: `Digit${n}`, key }, type)?.id
  expect([press(1, '!'), press(4, '$'), press(5, '%')]).toEqual([
    'proerythroblast',
    'erythroblast_orthochromatic',
    undefined,
  ])
  expect(press(1, '!', 'metamyelocyte')).toBeUndefined()
  // On a keyboard whose digits need Shift they name types.
  expect(press(1, '1')).toBeUndefined()
  const retired = names.map((name) => (name.id === 'proerythroblast' ? { ...name, retired: true } : name))
  expect(nameOfKey(retired, { code: 'Digit1', key: '!' }, 'erythroblast')?.id).toBe('erythroblast_basophilic')
})

test("a site's own key comes first, of whatever type the cell is", () => {
  expect(nameOfKey(names, { code: 'KeyJ', key: 'J' }, 'blast')?.id).toBe('mitosis')
  expect(nameOfKey(names, { code: 'KeyQ', key: 'Q' }, 'blast')).toBeUndefined()
})
