import type { InjectOptions } from 'fastify'
import type { TestServer } from '../for-tests.ts'
import { COOKIE } from './sessions.ts'
import { createUser } from './users.ts'

export const PASSWORD = 'correct horse battery'

/** Someone with a browser: keeps the cookie that the server gives, sends it back. */
export function visitor({ app }: TestServer) {
  let cookie = ''
  return async (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers,
      ...(cookie ? { cookies: { [COOKIE]: cookie } } : {}),
      ...(body ? { payload: body } : {}),
    })
    const set = answer.cookies.find(({ name }) => name === COOKIE)
    if (set) cookie = set.value
    return answer
  }
}

/** A doctor who can sign in with PASSWORD. */
export async function aDoctor({ ports }: TestServer) {
  const email = `dr.${Math.random().toString(36).slice(2)}@lab.example`
  const id = await createUser(ports.db, { email, name: '王医生', password: PASSWORD, role: 'doctor' })
  return { id, email, password: PASSWORD }
}
