import { rm, truncate } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { ERRORS, Server, type Upload } from '@tus/server'
import { v7 as uuid } from 'uuid'
import { refusalOf } from '../answer-errors.ts'
import { record } from '../audit/record.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import { HttpError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { slideOf } from '../slides/slides.ts'
import { acceptOrExplain } from './faults.ts'
import { cleanFileName } from './file-name.ts'
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
    await this.#store.removeOld()
    for (const upload of await this.#store.complete()) await this.#finish(upload)
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

  async #begin(request: RequestOfTus, { metadata = {}, size, sizeIsDeferred }: Upload) {
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
    const { id } = await refuseIfSigned(this.#ports.db, caseId ?? '')
    if (slideId) await slideOf(this.#ports.db, id, slideId)
    await record(this.#ports.db, {
      event: 'field.upload',
      caseId: id,
      after: { fileName: name, bytes: size },
    })
    return { ...metadata, filename: name, userId: this.#caller(request) }
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
      throw error
    }
    await rm(file, { force: true })
  }
}

/** The protocol's own refusals and ours in one form: a code and a sentence. */
function answer(error: Error | { status_code: number; body: string }) {
  const refusal = refusalOf(error)
  if (refusal) {
    const { status, code, message } = refusal
    return { status_code: status, body: JSON.stringify({ code, message }) }
  }
  if ('status_code' in error) {
    const { status_code, body } = error
    return { status_code, body: JSON.stringify({ code: 'UPLOAD_REFUSED', message: body.trim() }) }
  }
  const message = 'The file could not be stored. Upload it again; if that fails, ask who runs the server.'
  return { status_code: 500, body: JSON.stringify({ code: 'UNEXPECTED', message }) }
}
