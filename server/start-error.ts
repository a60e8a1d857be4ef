import { isDiskFull } from './errors.ts'

/** What went wrong at the start, as one sentence that says what to do. */
export function startError(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (isDiskFull(error)) {
    return 'The disk is full: free space, then do it again; what was there before is as it was.'
  }
  if (code === 'EADDRINUSE') return 'The port is taken; set MARROWSCOPE_PORT to another one.'
  if (code === 'EADDRNOTAVAIL') return 'This machine has no such address; check MARROWSCOPE_HOST.'
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) {
    return `The data folder cannot be written (${message}); give this user the right, or set MARROWSCOPE_SITE to another folder.`
  }
  if (code === 'SQLITE_BUSY') return 'The database is locked by another program; stop that one first.'
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return 'The database file is damaged or of another kind; put a backup in its place.'
  }
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|PROTOCOL_)/.test(code)) {
    return 'The database does not answer; check DATABASE_URL and that it runs.'
  }
  if (code === 'ER_BAD_DB_ERROR' || code.startsWith('ER_ACCESS_DENIED') || code.startsWith('ER_DBACCESS')) {
    return `The database refuses us (${message}); check the name, user and password in DATABASE_URL.`
  }
  return message
}
