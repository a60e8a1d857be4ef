import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageContract } from './contract-for-tests.ts'
import { FolderStorage } from './folder.ts'

storageContract('a folder', () => new FolderStorage(mkdtempSync(join(tmpdir(), 'storage-'))))
// Shared memory is another device than the temporary folder on most machines, so that a rename has to be a copy.
storageContract('a folder on another device', () => new FolderStorage(mkdtempSync(otherDevice())))

function otherDevice(): string {
  return join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'storage-')
}
