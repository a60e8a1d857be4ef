import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Reads } from './database/reads.ts'
import type { Database } from './database/schema.ts'
import type { Decoding } from './decoding/decoding.ts'
import type { CaseEvents } from './events.ts'
import type { Inference } from './inference/inference.ts'
import type { Queue } from './queue/queue.ts'
import type { Storage } from './storage/storage.ts'

/** The ports to the outside that the routes use. */
export interface Ports {
  config: Config
  db: Kysely<Database>
  /** What takes long to read. */
  reads: Reads
  storage: Storage
  queue: Queue
  inference: Inference
  events: CaseEvents
  decoding: Decoding
}

declare module 'fastify' {
  interface FastifyInstance {
    ports: Ports
  }
}
