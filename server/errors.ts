import { basename, dirname, sep } from 'node:path'
import { MarrowscopeError } from '../cytology/index.ts'

/** An answer that is no success: the HTTP status, a stable code, and one sentence that says what to do. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  readonly code: string
  /** Data that the client needs to go on, such as the rows as they are now after a conflict. */
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

export const notFound = (what: string) =>
  new HttpError(404, 'NOT_FOUND', `There is no such ${what}, or it was removed. Go back to the worklist.`)

/** Someone else changed it first; `details` holds it as it is now. */
export const conflict = (what: string, now: unknown) =>
  new HttpError(
    409,
    'CHANGED_MEANWHILE',
    `This ${what} was changed in another window. Look at it as it is now, then decide.`,
    now,
  )

export const diskFull = (cause?: unknown) =>
  Object.assign(
    new HttpError(
      507,
      'DISK_FULL',
      'The server’s disk is full, so this was not done; what was saved before is safe. Tell who runs the server to free space, then do it again.',
    ),
    { cause },
  )

/** The codes of the system, of SQLite and of MySQL; of the image library there is only a sentence. */
const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL|ER_DISK_FULL|ER_RECORD_FILE_FULL)$/
const FULL_IN_WORDS = /No space left on device|\berrno: 28\b/

/** Whether an error, or what caused it, is a full disk. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return FULL.test(String(code ?? '')) || FULL_IN_WORDS.test(error.message) || isDiskFull(error.cause)
}

const UNEXPECTED = 'Something went wrong on the server; nothing was changed. Try again.'
/** The key of a stored file ends so. */
const ID = /^[0-9a-f-]{36}$/

/**
 * What a person may be told of an error: ours, with `name` for the file concerned, for where that lies on the server is nobody's
 * matter; of what nobody foresaw only that it happened.
 */
export function toldOf(error: unknown, name?: string): string {
  if (isDiskFull(error)) return diskFull().message
  if (error instanceof HttpError) return error.message
  if (!(error instanceof MarrowscopeError)) return UNEXPECTED
  const { message, file } = error
  if (!file) return message
  const called = name ?? (ID.test(basename(file)) ? 'The image' : basename(file))
  return message.replaceAll(file, called).replaceAll(`${dirname(file)}${sep}`, '')
}

/** As `toldOf` with a code before it, as a job's row keeps it: the page tells it in the reader's language. */
export function keptOf(error: unknown): string {
  const { code } = isDiskFull(error) ? diskFull() : (error as { code?: string })
  const known = isDiskFull(error) || error instanceof HttpError || error instanceof MarrowscopeError
  return `${known ? code : 'UNEXPECTED'}: ${toldOf(error)}`
}
