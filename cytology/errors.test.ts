import { expect, test } from 'vitest'
import { MarrowscopeError } from './errors.ts'

test('carries its code, its file and what caused it', () => {
  const cause = new Error('EACCES')
  const error = new MarrowscopeError('FILE_NOT_READABLE', 'Cannot read a.png: check its permissions.', {
    file: 'a.png',
    cause,
  })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'MarrowscopeError', code: 'FILE_NOT_READABLE', file: 'a.png', cause })
})

test('has neither file nor cause when none was given', () => {
  const error = new MarrowscopeError('COUNT_NOT_VALID', 'Give whole numbers.')
  expect([error.file, 'cause' in error]).toEqual([undefined, false])
})
