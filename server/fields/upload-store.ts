import { createWriteStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import { isDiskFull } from '../errors.ts'

const WEEK = 7 * 24 * 3_600_000

/**
 * Uploads on their way, in a folder: ID.json says what it will be, ID holds what has come so far. The second goes when the
 * file was accepted; the first stays a week, so that a sender whose line broke at the last moment hears that all is there.
 */
export class UploadStore extends FileStore {
  override async getUpload(id: string): Promise<Upload> {
    const info = await this.configstore.get(id)
    if (info?.size === undefined) return super.getUpload(id)
    const { size, metadata, creation_date } = info
    const bytes = await stat(this.fileOf(id)).catch(() => undefined)
    if (bytes) return super.getUpload(id)
    return new Upload({
      id,
      size,
      offset: size,
      ...(metadata ? { metadata } : {}),
      ...(creation_date ? { creation_date } : {}),
    })
  }

  /** As the library's own, which says of every failure the same. Errors: FILE_WRITE_ERROR; that of a full disk, after which the sender goes on where it was. */
  override async write(from: Readable, id: string, offset: number): Promise<number> {
    const to = createWriteStream(this.fileOf(id), { flags: 'r+', start: offset })
    try {
      await pipeline(from, to)
    } catch (error) {
      throw isDiskFull(error) ? error : ERRORS.FILE_WRITE_ERROR
    }
    return offset + to.bytesWritten
  }

  fileOf(id: string): string {
    return join(this.directory, id)
  }

  /** Uploads whose last byte came but which were not accepted yet, because the server ended in between. */
  async complete(): Promise<Upload[]> {
    const found: Upload[] = []
    for (const name of await this.#files()) {
      const id = /^([0-9a-f-]{36})\.json$/.exec(name)?.[1]
      if (id === undefined || !(await exists(this.fileOf(id)))) continue
      const upload = await this.getUpload(id)
      if (upload.size !== undefined && upload.offset === upload.size) found.push(upload)
    }
    return found
  }

  /** Removes what nobody has gone on with for a week. */
  async removeOld(now = Date.now()): Promise<void> {
    for (const name of await this.#files()) {
      const file = join(this.directory, name)
      const info = await stat(file).catch(() => undefined)
      if (info?.isFile() && info.mtimeMs < now - WEEK) await rm(file, { force: true })
    }
  }

  #files(): Promise<string[]> {
    return readdir(this.directory).catch(() => [])
  }
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )
