import type { DetailedError } from 'tus-js-client'
import { refusal } from '../i18n/index.ts'

/** Insufficient storage (RFC 4918): it is no fuller or emptier a second later. */
const FULL = 507

/** Whether an upload that failed is tried again by itself. */
export function isTriedAgain({ originalResponse }: DetailedError): boolean {
  const status = originalResponse?.getStatus() ?? 0
  const passes = status < 400 || status >= 500 || status === 409 || status === 423
  return passes && status !== FULL && navigator.onLine
}

/** Whether an upload failed because nobody could be reached, or the session ended: it goes on when that is over. */
export function isOver(error: Error | DetailedError): 'line' | 'session' | null {
  if (!('originalRequest' in error)) return null
  const status = error.originalResponse?.getStatus() ?? 0
  if (status === 401) return 'session'
  return status === 0 || status === 502 || status === 503 || status === 504 ? 'line' : null
}

/** Why an upload failed, as the server says it. */
export function whyFailed(error: Error | DetailedError): string {
  const answer = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined
  try {
    const { code, message, details } = JSON.parse(answer ?? '')
    return refusal(code, message, details)
  } catch {
    return error.message
  }
}
