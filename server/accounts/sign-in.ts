import type { FastifyRequest } from 'fastify'
import { HttpError } from '../errors.ts'
import { limitGuesses } from './guessing.ts'
import { deviceOf } from './known-devices.ts'
import { verifyPassword } from './passwords.ts'

/** The id of who has this address and password. The audit names the account, right or not. Errors: LOCKED_OUT, WRONG_PASSWORD. */
export async function signIn(request: FastifyRequest, email: string, password: string): Promise<string> {
  const { db } = request.server.ports
  const address = email.trim().toLowerCase()
  const user = await db
    .selectFrom('users')
    .select(['id', 'password_hash', 'disabled'])
    .where('email', '=', address)
    .executeTakeFirst()
  request.concerns = { subjectId: user?.id ?? null, query: { email: address } }
  const guess = { email: address, place: await deviceOf(request, user?.id), ip: request.ip }
  const isRight = async () => (await verifyPassword(user?.password_hash, password)) && !user!.disabled
  if (await limitGuesses(db, guess, isRight)) return user!.id
  throw new HttpError(401, 'WRONG_PASSWORD', 'The address or the password is not right. Try again.')
}
