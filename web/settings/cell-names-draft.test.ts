import { expect, test } from 'vitest'
import { CELL_NAME_PRESETS } from '../../cytology/index.ts'
import { inSection, moved } from './cell-names-draft.ts'

const list = CELL_NAME_PRESETS[0]!.names
const ids = (names: readonly { id: string | null }[]) => names.map(({ id }) => id)

test('a name is moved past its neighbour in what is shown, and all others stay', () => {
  const prolymphocyte = list.find(({ id }) => id === 'prolymphocyte')!
  const up = moved(list, prolymphocyte, 1, 'lymphocyte')
  const shown = (names: typeof up) => ids(names.filter((one) => inSection(one, 'lymphocyte')))
  expect(shown([...list])).toEqual(['prolymphocyte', 'lymphocyte_mature', 'lymphocyte_reactive'])
  expect(shown(up)).toEqual(['lymphocyte_mature', 'prolymphocyte', 'lymphocyte_reactive'])
  expect(ids(up.filter((one) => !inSection(one, 'lymphocyte')))).toEqual(
    ids(list.filter((one) => !inSection(one, 'lymphocyte'))),
  )
  expect(moved(list, prolymphocyte, -1, 'lymphocyte')).toEqual(list)
})
