import { hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default kind), 19 MiB and two passes: OWASP's first recommendation. */
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

const nobody = hashPassword('nobody has this password')

/** Takes as long for an address that nobody has (`stored` undefined) as for a wrong password. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await nobody), password)
  return right && stored !== undefined
}
