import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

type Read<Given extends unknown[], Answer> = (db: Kysely<Database>, ...given: Given) => Promise<Answer>

/** A function that only reads, and where a thread finds it: what it is given and answers is copied there and back. */
export interface Reading<Given extends unknown[], Answer> {
  url: string
  name: string
  read: Read<Given, Answer>
}

/** `url`: the `import.meta.url` of a module that exports what this returns under the name `name`. */
export const reading = <Given extends unknown[], Answer>(
  url: string,
  name: string,
  read: Read<Given, Answer>,
): Reading<Given, Answer> => ({ url, name, read })

/** Reads beside the server's own connection, so that what takes long holds up nothing else. */
export interface Reads {
  /** Sees all that was committed before it was asked. A Uint8Array is handed over, not copied. Errors: those of the database. */
  ask<Given extends unknown[], Answer>(what: Reading<Given, Answer>, ...given: Given): Promise<Answer>
  close(): Promise<void>
}
