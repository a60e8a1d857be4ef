import { createWriteStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import { isDiskFull } from '../errors.ts'
import { type Begun, UploadLedger } from './upload-ledger.ts'

const WEEK = 7 * 24 * 3_600_000
const NAME = /^([0-9a-f-]{36})(\.json|\.accepted)?$/

/**
 * Uploads on their way, in a folder: ID.json says what it will be, ID holds what has come so far. The second goes when the
 * file was accepted; the first stays a week, so that a sender whose line broke at the last moment hears that all is there.
 */
export class UploadStore extends FileStore {
  readonly ledger = new UploadLedger()

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

  override async create(upload: Upload): Promise<Upload> {
    try {
      const created = await super.create(upload)
      this.ledger.stored(upload.id)
      return created
    } catch (error) {
      this.ledger.remove(upload.id)
      throw error
    }
  }

  /** As the library's own, which says of every failure the same. Errors: FILE_WRITE_ERROR; that of a full disk, after which the sender goes on where it was. */
  override async write(from: Readable, id: string, offset: number): Promise<number> {
    const to = createWriteStream(this.fileOf(id), { flags: 'r+', start: offset })
    try {
      await pipeline(from, to)
      return offset + to.bytesWritten
    } catch (error) {
      throw isDiskFull(error) ? error : ERRORS.FILE_WRITE_ERROR
    } finally {
      // Also where the line broke.
      const file = await stat(this.fileOf(id)).catch(() => undefined)
      if (file) this.ledger.received(id, file.size)
    }
  }

  override async remove(id: string): Promise<void> {
    await super.remove(id)
    this.ledger.remove(id)
  }

  fileOf(id: string): string {
    return join(this.directory, id)
  }

  /** Uploads whose last byte came but which were not accepted yet, because the server ended in between. */
  async complete(): Promise<Upload[]> {
    const found: Upload[] = []
    for (const id of await this.#begun()) {
      const upload = await this.getUpload(id).catch(() => undefined)
      if (upload?.size !== undefined && upload.offset === upload.size) found.push(upload)
    }
    return found
  }

  /** Removes what nobody has gone on with for a week. */
  async removeOld(now = Date.now()): Promise<void> {
    for (const [id, files] of await this.#files()) {
      const touched = await Promise.all(files.map((file) => stat(file).catch(() => undefined)))
      if (touched.some((one) => one && (!one.isFile() || one.mtimeMs >= now - WEEK))) continue
      for (const file of files) await rm(file, { force: true })
      this.ledger.remove(id)
    }
  }

  /** Makes the ledger hold what the folder does: others remove files too, and a server that ended kept no ledger. */
  async count(): Promise<void> {
    // Before the folder is read: one whose files are made just then is none that lost them.
    const stored = this.ledger.all().filter(({ isStored }) => isStored)
    const there = new Set(await this.#begun())
    for (const { id } of stored) if (!there.has(id)) this.ledger.remove(id)
    const known = new Set(this.ledger.all().map(({ id }) => id))
    for (const id of there) {
      if (known.has(id)) continue
      const one = await this.#describe(id)
      if (one) this.ledger.add(one)
    }
  }

  async #describe(id: string): Promise<Begun | undefined> {
    const info = await this.configstore.get(id).catch(() => undefined)
    const file = await stat(this.fileOf(id)).catch(() => undefined)
    const { userId, caseId, filename } = info?.metadata ?? {}
    if (!file || !userId || !caseId || !filename || info?.size === undefined) return undefined
    const [bytes, received] = [info.size, file.size]
    return {
      id,
      userId,
      caseId,
      fileName: filename,
      bytes,
      received,
      touchedAt: file.mtimeMs,
      isStored: true,
    }
  }

  /** Of those that have their description and what has come. */
  async #begun(): Promise<string[]> {
    const files = await this.#files()
    return [...files]
      .filter(([id, own]) => own.includes(this.fileOf(id)) && own.includes(`${this.fileOf(id)}.json`))
      .map(([id]) => id)
  }

  /** By upload. */
  async #files(): Promise<Map<string, string[]>> {
    const files = new Map<string, string[]>()
    for (const name of await readdir(this.directory).catch(() => [] as string[])) {
      const id = NAME.exec(name)?.[1]
      if (id) files.set(id, [...(files.get(id) ?? []), join(this.directory, name)])
    }
    return files
  }
}
