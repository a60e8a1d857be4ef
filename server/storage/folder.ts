import { access, copyFile, mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { v7 as uuid } from 'uuid'
import { flush } from './flush.ts'
import type { Room, Storage } from './storage.ts'

/** A part of a key may name no folder above it, on any system. */
const KEY = /^[a-z0-9-]+(\/[a-z0-9][a-z0-9.-]*)+$/

/** Images as files under one folder of this machine. */
export class FolderStorage implements Storage {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = resolve(folder)
  }

  async put(key: string, localFile: string): Promise<void> {
    const file = this.#path(key)
    await mkdir(dirname(file), { recursive: true })
    await flush(localFile)
    try {
      await rename(localFile, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
      await copyWhole(localFile, file)
      await rm(localFile)
    }
    await flush(dirname(file))
  }

  async read(key: string): Promise<Readable> {
    // Opened here, so that a missing file fails this call and not the stream later.
    return (await open(this.#path(key))).createReadStream()
  }

  async localPath(key: string): Promise<string> {
    const file = this.#path(key)
    await access(file)
    return file
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true })
  }

  async check(): Promise<Room> {
    await mkdir(this.#folder, { recursive: true })
    const file = join(this.#folder, `.check-${uuid()}`)
    try {
      await writeFile(file, 'whether a file can be written here', { flush: true })
      await readFile(file)
    } finally {
      await rm(file, { force: true })
    }
    const { bavail, blocks, bsize } = await statfs(this.#folder)
    return { free: bavail * bsize, total: blocks * bsize }
  }

  #path(key: string): string {
    if (!KEY.test(key)) throw new Error(`'${key}' is no key of a stored file.`)
    return join(this.#folder, key)
  }
}

/** Nothing can be renamed from another device: the copy gets its name once it is whole on the disk. */
async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${uuid()}.unfinished`
  try {
    await copyFile(from, unfinished)
    await flush(unfinished)
    await rename(unfinished, to)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
