import { mkdir, rm, statfs, truncate } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { ERRORS, Server, type Upload } from '@tus/server'
import { v7 as uuid } from 'uuid'
import { refusalOf } from '../answer-errors.ts'
import { record } from '../audit/record.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import { clockDoubt } from '../clock/clock-doubt.ts'
import { HttpError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { slideOf } from '../slides/slides.ts'
import { acceptOrExplain } from './faults.ts'
import { cleanFileName } from './file-name.ts'
import { siteSize, storedBy } from './site-size.ts'
import type { Begun } from './upload-ledger.ts'
import { mustFit } from './upload-limits.ts'
import { UploadStore } from './upload-store.ts'

const MAX_BYTES = 2 * 1024 ** 3

interface RequestOfTus {
  method: string
  runtime?: { node?: { req: unknown } | undefined } | undefined
}

/** Uploads that may break off and go on, by the tus protocol; what has come whole is taken into its case. */
export class Uploads {
  readonly #ports: Ports
  readonly #store: UploadStore
  readonly #tus: Server
  readonly #callers = new WeakMap<object, string>()
  readonly #finishing = new Map<string, Promise<void>>()

  constructor(ports: Ports, path: string) {
    this.#ports = ports
    this.#store = new UploadStore({ directory: join(ports.config.dataFolder, 'uploads') })
    this.#tus = new Server({
      path,
      datastore: this.#store,
      maxSize: MAX_BYTES,
      relativeLocation: true,
      respectForwardedHeaders: false,
      allowedOrigins: [],
      disableTerminationForFinishedUploads: true,
      namingFunction: () => uuid(),
      onIncomingRequest: async (request, id) => this.#mustBeOwn(request, id),
      onUploadCreate: async (request, upload) => ({ metadata: await this.#begin(request, upload) }),
      onUploadFinish: async (_, upload) => {
        await this.#finish(upload)
        return {}
      },
      onResponseError: (_, error) => answer(error),
    })
  }

  handle(userId: string, ...[request, response]: Parameters<Server['handle']>): Promise<void> {
    this.#callers.set(request, userId)
    return Promise.resolve(this.#tus.handle(request, response)).then(() => undefined)
  }

  /** What the end of the server left: whole files are accepted, those that nobody went on with for a week are removed. */
  async tidyUp(): Promise<void> {
    // Nothing goes by its age while the clock is in doubt.
    if ((await clockDoubt(this.#ports.db)) === null) await this.#store.removeOld()
    await this.#store.count()
    for (const upload of await this.#store.complete()) await this.#finish(upload)
  }

  /** Unfinished ones of a person, those that were touched last first. */
  async of(userId: string): Promise<Begun[]> {
    await this.#store.count()
    return this.#store.ledger.of(userId).sort((a, b) => b.touchedAt - a.touchedAt)
  }

  #caller(request: RequestOfTus): string {
    return this.#callers.get(request.runtime?.node?.req as IncomingMessage)!
  }

  /** Someone else's upload is as good as none. */
  async #mustBeOwn(request: RequestOfTus, id: string): Promise<void> {
    if (request.method === 'POST' || request.method === 'OPTIONS') return
    const upload = await this.#store.getUpload(id)
    if (upload.metadata?.userId !== this.#caller(request)) throw ERRORS.FILE_NOT_FOUND
  }

  async #begin(request: RequestOfTus, { id: uploadId, metadata = {}, size, sizeIsDeferred }: Upload) {
    const { caseId, filename, sha256, umPerPixel, slideId } = metadata
    const name = cleanFileName(filename ?? '')
    if (!name) throw new HttpError(400, 'NAME_MISSING', 'Give the file a name.')
    if (sizeIsDeferred) throw new HttpError(400, 'SIZE_MISSING', 'Say how large the file is.')
    if (sha256 && !/^[0-9a-f]{64}$/i.test(sha256)) {
      throw new HttpError(400, 'CHECKSUM_NOT_VALID', 'Give the SHA-256 of the file as 64 hexadecimal digits.')
    }
    if (umPerPixel && !(Number(umPerPixel) >= 0.01 && Number(umPerPixel) <= 5)) {
      throw new HttpError(400, 'SCALE_NOT_VALID', 'Give a scale from 0.01 to 5 µm per pixel.')
    }
    const userId = this.#caller(request)
    const { id } = await refuseIfSigned(this.#ports.db, caseId ?? '')
    if (slideId) await slideOf(this.#ports.db, id, slideId)
    await this.#reserve({ id: uploadId, userId, caseId: id, fileName: name, bytes: size ?? 0 })
    try {
      await record(this.#ports.db, {
        event: 'field.upload',
        caseId: id,
        after: { fileName: name, bytes: size },
      })
    } catch (error) {
      this.#store.ledger.remove(uploadId)
      throw error
    }
    return { ...metadata, filename: name, userId }
  }

  /** Nothing is waited for between the look at what is begun and the entry: many that begin at once cannot pass a limit. */
  async #reserve(begun: Pick<Begun, 'id' | 'userId' | 'caseId' | 'fileName' | 'bytes'>): Promise<void> {
    const { config, db } = this.#ports
    const { ledger } = this.#store
    const { userId, bytes } = begun
    await this.#store.count()
    const since = Date.now()
    const isLimited = Number.isFinite(config.limits.storedOfPerson)
    const byPerson = isLimited ? await storedBy(db, userId) : 0
    const site = Number.isFinite(config.limits.storedOfSite)
      ? await siteSize(config)
      : { bytes: 0, at: since }
    const free = await this.#free()
    mustFit(
      config.limits,
      {
        begun: ledger.all(),
        byPerson: byPerson + ledger.acceptedSince(since, userId),
        bySite: site.bytes + ledger.acceptedSince(site.at),
        free,
      },
      userId,
      bytes,
    )
    ledger.add({ ...begun, received: 0, touchedAt: Date.now(), isStored: false })
  }

  /** Bytes, on the fuller one of the disks that an upload comes to; Infinity where nobody knows. */
  async #free(): Promise<number> {
    const { storage, config } = this.#ports
    await mkdir(config.dataFolder, { recursive: true })
    const { bavail, bsize } = await statfs(config.dataFolder)
    // A store that is away is told of when the image is put there.
    const store = await storage.check().catch(() => null)
    return Math.min(bavail * bsize, store?.free ?? Number.POSITIVE_INFINITY)
  }

  /** Once for each file, however often its last bytes are sent. */
  #finish(upload: Upload): Promise<void> {
    const begun = this.#finishing.get(upload.id)
    if (begun) return begun
    const finished = this.#accept(upload).finally(() => this.#finishing.delete(upload.id))
    this.#finishing.set(upload.id, finished)
    return finished
  }

  async #accept({ id, metadata = {} }: Upload): Promise<void> {
    const file = this.#store.fileOf(id)
    try {
      await acceptOrExplain(this.#ports, {
        id,
        file,
        caseId: metadata.caseId!,
        fileName: metadata.filename!,
        slideId: metadata.slideId || undefined,
        sha256: metadata.sha256 ?? undefined,
        umPerPixel: metadata.umPerPixel ? Number(metadata.umPerPixel) : undefined,
        userId: metadata.userId ?? undefined,
      })
    } catch (error) {
      // A full disk or a lost database: emptied, so that the sender, who comes back, sends it again.
      await truncate(file, 0)
      this.#store.ledger.received(id, 0)
      throw error
    }
    this.#store.ledger.accept(id)
    await rm(file, { force: true })
    // Where it was counted again in between.
    this.#store.ledger.remove(id)
  }
}

/** The protocol's own refusals and ours in one form: a code and a sentence. */
function answer(error: Error | { status_code: number; body: string }) {
  const refusal = refusalOf(error)
  if (refusal) {
    const { status, code, message, details } = refusal
    return { status_code: status, body: JSON.stringify({ code, message, details }) }
  }
  if ('status_code' in error) {
    const { status_code, body } = error
    return { status_code, body: JSON.stringify({ code: 'UPLOAD_REFUSED', message: body.trim() }) }
  }
  const message = 'The file could not be stored. Upload it again; if that fails, ask who runs the server.'
  return { status_code: 500, body: JSON.stringify({ code: 'UNEXPECTED', message }) }
}
