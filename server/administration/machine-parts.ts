/** The parts that are the machine's own: its clock, its memory, how people reach it. */
import { freemem, totalmem } from 'node:os'
import { type Kysely, sql } from 'kysely'
import { clockDoubt } from '../clock/clock-doubt.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/schema.ts'
import { isSqlite } from '../database/tables.ts'
import type { Inference } from '../inference/inference.ts'
import { type Part, part } from './part.ts'

/** ms that two clocks may differ by. */
const APART = 60_000
/** Share of the memory below which the networks may be ended by the system. */
const LITTLE = 0.08

/** Against the database server's clock, and against what the site has seen of time. */
export async function clockPart(db: Kysely<Database>): Promise<Part> {
  const before = Date.now()
  const theirs = isSqlite(db) ? before : await clockOf(db)
  const now = Date.now()
  const doubt = await clockDoubt(db, now)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const apart = Math.round(Math.abs(theirs - (before + now) / 2))
  const values = { nowAt: now, zone, apartMs: apart, seenAt: doubt?.seenAt ?? null }
  if (doubt) return part('clock', doubt.kind === 'ahead' ? 'CLOCK_AHEAD' : 'CLOCK_BACK', values)
  return part('clock', apart > APART ? 'CLOCK_APART' : 'CLOCK_OK', values)
}

async function clockOf(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ at: number }>`select unix_timestamp(now(3)) as at`.execute(db)
  return Number(rows[0]!.at) * 1000
}

export function memoryPart(inference: Inference): Part {
  // What the system keeps only as a cache can be had: the kernel counts it, freemem() does not.
  const free = process.availableMemory?.() ?? freemem()
  const limit = process.constrainedMemory?.() ?? 0
  const total = limit > 0 && limit < totalmem() ? limit : totalmem()
  const values = {
    serverBytes: process.memoryUsage.rss(),
    networksBytes: inference.state().memory,
    freeBytes: free,
    totalBytes: total,
  }
  return part('memory', free < total * LITTLE ? 'MEMORY_LOW' : 'MEMORY_OK', values)
}

/** Whether what people send can be read on the way. */
export function connectionPart({ origin }: Pick<Config, 'origin'>): Part {
  const { protocol, hostname } = new URL(origin)
  if (protocol === 'https:') return part('connection', 'CONNECTION_OK', { origin })
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return part('connection', local ? 'CONNECTION_LOCAL' : 'CONNECTION_OPEN', { origin })
}
