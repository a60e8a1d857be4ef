import { expect, test } from 'vitest'
import { splitIn } from './split.ts'

test.each([
  ['instances_val2017.json', 'val'],
  ['Test', 'test'],
  ['my-training-set', 'train'],
  ['valid', 'val'],
  ['latest.json', undefined],
  ['annotations', undefined],
])('%s tells %s', (name, split) => expect(splitIn(name)).toBe(split))
