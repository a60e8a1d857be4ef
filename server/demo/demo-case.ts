import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import { queueAnalysis } from '../analyses/queue-analysis.ts'
import { newCase } from '../cases/new-case.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { acceptField } from '../fields/accept-field.ts'
import type { Ports } from '../ports.ts'

const NUMBER = 'DEMO-1'
const PATIENT = { hospitalNumber: '', name: 'Synthetic demo', sex: 'unknown', birthDate: null } as const
const NOTE = 'Synthetic: drawn by the program, no photograph and no patient.'

const making = new WeakMap<Ports, Promise<string>>()

/** The case to try everything on, drawn and given to the networks on first asking. Returns its id. */
export function demoCase(ports: Ports, userId: string): Promise<string> {
  const made = making.get(ports) ?? makeDemo(ports, userId).finally(() => making.delete(ports))
  making.set(ports, made)
  return made
}

async function makeDemo(ports: Ports, userId: string): Promise<string> {
  const { db, config, events } = ports
  const there = await findDemo(db)
  // Without an analysis the server ended while it made the case: it is taken up where it was left.
  if (there && (await wasAnalysed(db, there))) return there
  await mkdir(config.dataFolder, { recursive: true })
  const folder = await mkdtemp(join(config.dataFolder, 'demo-'))
  try {
    const names = await draw(folder)
    const id = there ?? (await create(db, userId))
    for (const fileName of names) {
      const field = { id: uuid(), file: join(folder, fileName), caseId: id, fileName }
      await unless('DUPLICATE', acceptField(ports, field))
    }
    await unless('ANALYSIS_RUNNING', queueAnalysis(ports, id, userId))
    events.emit(id, { kind: 'case' })
    return id
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function create(db: Kysely<Database>, userId: string): Promise<string> {
  try {
    const given = { marrowNumber: NUMBER, patient: PATIENT, site: 'Synthetic', clinicalNote: NOTE }
    return await newCase(db, userId, given, true)
  } catch (error) {
    // Another request was faster.
    const other = await findDemo(db)
    if (other) return other
    throw error
  }
}

async function findDemo(db: Kysely<Database>): Promise<string | undefined> {
  const row = await db
    .selectFrom('cases')
    .select('id')
    .where('marrow_number', '=', NUMBER)
    .where('synthetic', '=', 1)
    .executeTakeFirst()
  return row?.id
}

const wasAnalysed = (db: Kysely<Database>, caseId: string) =>
  db.selectFrom('analyses').select('id').where('case_id', '=', caseId).executeTakeFirst()

function draw(folder: string): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>()
  const worker = new Worker(new URL('./draw-demo-worker.ts', import.meta.url), { workerData: { folder } })
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`Drawing the demo ended with code ${code}.`)))
  return promise
}

async function unless(code: string, done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!(error instanceof HttpError && error.code === code)) throw error
  }
}
