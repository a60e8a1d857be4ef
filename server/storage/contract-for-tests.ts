/** What every store must do, against the real one. */
import { existsSync, mkdtempSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { Storage } from './storage.ts'

export function storageContract(name: string, make: () => Storage): void {
  const folder = mkdtempSync(join(tmpdir(), 'to-store-'))
  const local = async (content: string) => {
    const file = join(folder, `${Math.random()}`)
    await writeFile(file, content)
    return file
  }

  describe(`storage: ${name}`, () => {
    test('gives back what was put, as a stream and as a local file', async () => {
      const storage = make()
      await storage.put('fields/1', await local('骨髓'))
      expect((await buffer(await storage.read('fields/1'))).toString()).toBe('骨髓')
      expect(await readFile(await storage.localPath('fields/1'), 'utf8')).toBe('骨髓')
    })

    test('puts a second file in the place of the first', async () => {
      const storage = make()
      await storage.put('fields/1', await local('first'))
      await storage.put('fields/1', await local('second'))
      expect((await buffer(await storage.read('fields/1'))).toString()).toBe('second')
    })

    test('forgets what was removed, and removes twice without complaint', async () => {
      const storage = make()
      await storage.put('fields/1', await local('x'))
      await storage.remove('fields/1')
      await storage.remove('fields/1')
      await expect(storage.read('fields/1')).rejects.toThrow()
      await expect(storage.localPath('fields/1')).rejects.toThrow()
    })

    test('says so when there is nothing to put', async () => {
      const storage = make()
      await expect(storage.put('fields/1', join(folder, 'missing'))).rejects.toThrow()
      await expect(storage.read('fields/1')).rejects.toThrow()
    })

    test('checks that it can store, and leaves nothing behind', async () => {
      const storage = make()
      const room = await storage.check()
      if (room) expect(room.total).toBeGreaterThan(room.free)
      await storage.put('fields/1', await local('x'))
      await storage.check()
      expect((await buffer(await storage.read('fields/1'))).toString()).toBe('x')
    })

    test.each([
      '../x',
      'fields/../../x',
      '/etc/passwd',
      'fields/',
      '',
      'fields/..',
      'fields\\x',
      'fields/a\0b',
    ])('takes no key that could leave the store: %j', async (key) => {
      const storage = make()
      const file = await local('x')
      await expect(storage.put(key, file)).rejects.toThrow('no key')
      await expect(storage.read(key)).rejects.toThrow('no key')
      await expect(storage.remove(key)).rejects.toThrow('no key')
      expect(existsSync(file)).toBe(true)
    })
  })
}
