import type { Journal } from '../audit/journal.ts'
import { databaseUnavailable } from '../database/unavailable.ts'
import { HttpError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { auditPart } from './audit-part.ts'
import { backupPart } from './backup-part.ts'
import { checkDatabase, databasePart } from './database-part.ts'
import { imagesPart } from './images-part.ts'
import { clockPart, connectionPart, memoryPart } from './machine-parts.ts'
import { networksPart } from './networks-part.ts'
import { type Part, part } from './part.ts'
import { queuePart } from './queue-part.ts'
import { retentionPart } from './retention-part.ts'
import { storePart } from './store-part.ts'

/** Every part of the site, each asked by itself: one that fails hides no other. */
export async function healthOf(ports: Ports, journal: Journal): Promise<Part[]> {
  const { config, db, inference } = ports
  const database = await databasePart(ports)
  const away = database.code === 'DATABASE_AWAY'
  const kept = async (name: Part['part'], ask: () => Promise<Part>): Promise<Part> =>
    away ? part(name, 'NOT_KNOWN') : ask().catch((error: Error) => notKnown(name, error))
  return Promise.all([
    database,
    kept('store', () => storePart(ports)),
    kept('images', () => imagesPart(db)),
    networksPart(ports),
    kept('queue', () => queuePart(db)),
    kept('audit', () => auditPart(db, journal)),
    kept('backup', () => backupPart(db)),
    kept('clock', () => clockPart(db)),
    kept('retention', () => retentionPart(db)),
    memoryPart(inference),
    connectionPart(config),
  ])
}

const notKnown = (name: Part['part'], { message }: Error): Part => part(name, 'NOT_KNOWN', { message })

/** For a load balancer: whether requests can be served at all. Errors: DATABASE_UNAVAILABLE, STORE_UNAVAILABLE. */
export async function mustServe(ports: Ports): Promise<void> {
  await checkDatabase(ports).catch((cause) => {
    throw databaseUnavailable(cause)
  })
  await ports.storage.check().catch((cause) => {
    throw Object.assign(
      new HttpError(
        503,
        'STORE_UNAVAILABLE',
        'Images cannot be stored: their folder cannot be written, or its disk is full. Tell who runs the server.',
      ),
      { cause },
    )
  })
}
