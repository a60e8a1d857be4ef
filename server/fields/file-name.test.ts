import { expect, test } from 'vitest'
import { cleanFileName } from './file-name.ts'

test.each([
  ['骨髓 1.jpg', '骨髓 1.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\fields\\a.png', 'a.png'],
  ['a\0\n\u202eb.png', 'ab.png'],
  ['..', ''],
  ['folder/', ''],
  [' ', ''],
])('%j becomes %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept)
})

test('a name that is too long keeps its end, where the kind of file stands', () => {
  expect(cleanFileName(`${'x'.repeat(400)}.jpg`)).toMatch(/^x{196}\.jpg$/)
})
