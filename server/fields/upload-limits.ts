import { HttpError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { type Begun, bytesOf, toCome } from './upload-ledger.ts'

/** Unfinished uploads that a refusal names. */
const NAMED = 3

/** What is there already, bytes. */
export interface Used {
  /** All unfinished uploads of the site. */
  begun: readonly Begun[]
  /** In cases, by the person who uploads. */
  byPerson: number
  /** By the site, without unfinished uploads. */
  bySite: number
  /** Free on the disk; Infinity where nobody knows. */
  free: number
}

/** Whether a person may begin an upload. Errors: UPLOADS_UNFINISHED, UPLOADS_UNFINISHED_SITE, PERSON_FULL, SITE_FULL, DISK_FULL. */
export function mustFit(limits: Limits, used: Used, userId: string, bytes: number): void {
  const own = used.begun.filter((one) => one.userId === userId)
  mustNotLeaveTooMuch(limits, own, used.begun, bytes)
  const values = (has: number, limit: number) => ({ used: size(has), limit: size(limit), file: size(bytes) })
  const byPerson = used.byPerson + bytesOf(own)
  if (byPerson + bytes > limits.storedOfPerson) {
    const told = values(byPerson, limits.storedOfPerson)
    throw new HttpError(
      507,
      'PERSON_FULL',
      `You have stored ${told.used} of at most ${told.limit}, and this file has ${told.file}. Remove images that are not needed, or ask an administrator for more room.`,
      told,
    )
  }
  const bySite = used.bySite + bytesOf(used.begun)
  if (bySite + bytes > limits.storedOfSite) {
    const told = values(bySite, limits.storedOfSite)
    throw new HttpError(
      507,
      'SITE_FULL',
      `The site holds ${told.used} of at most ${told.limit}, and this file has ${told.file}. Ask an administrator to make room or to allow more.`,
      told,
    )
  }
  if (used.free - toCome(used.begun) - bytes < limits.free) {
    const told = { free: size(used.free), file: size(bytes) }
    throw new HttpError(
      507,
      'DISK_FULL',
      `The server’s disk is almost full: ${told.free} are free, and this file has ${told.file}. Nothing was stored; tell who runs the server.`,
      told,
    )
  }
}

function mustNotLeaveTooMuch(
  limits: Limits,
  own: readonly Begun[],
  all: readonly Begun[],
  bytes: number,
): void {
  if (own.length >= limits.uploadsOfPerson || bytesOf(own) + bytes > limits.uploadBytesOfPerson) {
    const oldest = own.toSorted((a, b) => a.touchedAt - b.touchedAt).slice(0, NAMED)
    const told = {
      uploads: own.length,
      used: size(bytesOf(own)),
      most: Number.isFinite(limits.uploadsOfPerson) ? limits.uploadsOfPerson : '∞',
      limit: size(limits.uploadBytesOfPerson),
      oldest: oldest.map(({ fileName }) => fileName).join(', '),
    }
    const which = own.length > 0 ? ` The oldest: ${told.oldest}.` : ''
    throw new HttpError(
      429,
      'UPLOADS_UNFINISHED',
      `You have ${told.uploads} unfinished uploads of ${told.used}; at most ${told.most} of ${told.limit} together are kept. Finish or cancel some, then upload this file again.${which}`,
      told,
    )
  }
  if (bytesOf(all) + bytes > limits.uploadBytesOfSite) {
    const told = { used: size(bytesOf(all)), limit: size(limits.uploadBytesOfSite) }
    throw new HttpError(
      429,
      'UPLOADS_UNFINISHED_SITE',
      `The unfinished uploads of all have ${told.used} of at most ${told.limit}. Finish or cancel yours, or wait until others have finished; then upload this file again.`,
      told,
    )
  }
}

/** As people say it: 1.2 GB, 350 MB; ∞ where nothing is limited. */
function size(bytes: number): string {
  if (bytes === Number.POSITIVE_INFINITY) return '∞'
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e3).toFixed(1)} kB`
}
