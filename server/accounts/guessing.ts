/** How often a password may be guessed: counted by the account and by the place that the guess comes from. */
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

const WINDOW = 15 * 60_000
export const MAX_FAILURES = 8
/** ms by which a row may seem to be of the future; one further ahead is of a wrong clock, and locks nobody out. */
const ROUNDING = 60_000

export interface Guess {
  /** The account's address, in small letters; whether there is such an account makes no difference. */
  email: string
  /** Each has its own count: '' of anywhere, a known device of the account, or a session in which the password is asked again. */
  place: string
  ip: string
}

/**
 * Lets `isRight` look at a password, at most 8 times in 15 minutes from one place. The guess is written down before it is
 * looked at, so that of many at once no more than 8 are: each sees all that were written before it.
 *
 * Errors: LOCKED_OUT, after which the guess was not looked at; it does not make the waiting longer.
 */
export async function limitGuesses(
  db: Kysely<Database>,
  { email, place, ip }: Guess,
  isRight: () => Promise<boolean>,
): Promise<boolean> {
  const id = uuid()
  const at = Date.now()
  const since = at - WINDOW
  await db
    .insertInto('login_failures')
    .values({ id, email, place, ip: ip.slice(0, 64), at })
    .execute()
  const guesses = await db
    .selectFrom('login_failures')
    .select('at')
    .where('email', '=', email)
    .where('place', '=', place)
    .where('at', '>', since)
    .where('at', '<', at + ROUNDING)
    .orderBy('at', 'desc')
    .limit(MAX_FAILURES + 1)
    .execute()
  if (guesses.length > MAX_FAILURES) {
    await db.deleteFrom('login_failures').where('id', '=', id).execute()
    const minutes = Math.max(1, Math.ceil((Number(guesses.at(-1)!.at) - since) / 60_000))
    throw new HttpError(
      429,
      'LOCKED_OUT',
      `Too many wrong passwords. Wait ${minutes} min, use a device on which you have signed in before, or ask an administrator for a reset link.`,
    )
  }
  const right = await isRight()
  if (right) await forgetGuesses(db, email, place)
  else await db.deleteFrom('login_failures').where('at', '<', since).execute()
  return right
}

/** After the right password from a place, all from that place; without one, all of the account. */
export async function forgetGuesses(db: Kysely<Database>, email: string, place?: string): Promise<void> {
  const all = db.deleteFrom('login_failures').where('email', '=', email)
  await (place === undefined ? all : all.where('place', '=', place)).execute()
}
