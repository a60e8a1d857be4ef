import type { Static } from 'typebox'
import type { Report } from '../../cytology/index.ts'
import { unprintable } from '../fonts/runs.ts'
import type { Check } from './schemas.ts'

/** The characters of texts that no font has, with the words in which they stand: what a signer is asked, where there are any. */
export function unprintableOf(texts: Iterable<string>): Static<typeof Check> {
  const found = unprintable(texts)
  return { code: 'UNPRINTABLE', blocking: false, count: found.length, found }
}

/** The same of a case's report and of the signer's name. */
export const unprintableIn = (report: Report, signer: string): Static<typeof Check> =>
  unprintableOf([...textsIn(report), signer])

/** Every text in plain data. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
