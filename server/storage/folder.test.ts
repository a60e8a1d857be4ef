import { mkdtempSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storageContract } from './contract-for-tests.ts'
import { FolderStorage } from './folder.ts'

storageContract('a folder', () => new FolderStorage(mkdtempSync(join(tmpdir(), 'storage-'))))
// Shared memory is another device than the temporary folder on most machines, so that a rename has to be a copy.
storageContract('a folder on another device', () => new FolderStorage(mkdtempSync(otherDevice())))

test('a check counts the free bytes of the disk and leaves the folder empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'))
  const { free, total } = await new FolderStorage(folder).check()
  const disk = statfsSync(folder)
  expect(total).toBe(disk.blocks * disk.bsize)
  // Others write on the same disk meanwhile.
  expect(Math.abs(free - disk.bavail * disk.bsize)).toBeLessThan(1e9)
  expect(readdirSync(folder)).toEqual([])
})

test('a check says why nothing can be stored', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'storage-')), 'images')
  writeFileSync(file, 'no folder')
  await expect(new FolderStorage(file).check()).rejects.toThrow(/EEXIST|ENOTDIR/)
})

function otherDevice(): string {
  return join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'storage-')
}
