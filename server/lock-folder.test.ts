import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from './lock-folder.ts'

test('one server at a time works in a folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'site')
  const free = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(/Another Marrowscope works in/)
  free()
  lockFolder(folder)()
})
