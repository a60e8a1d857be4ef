/**
 * Where the audit's chain ended at many times, kept outside the database and signed: whoever takes rows from its end, or writes
 * it anew, does not have these lines. One a line: NUMBER:SHA-256, time, id of the key, signature.
 */
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import type { Fault } from './cross-check.ts'
import { makeSiteKey, readSiteKey, type SiteKey } from './site-key.ts'

/** ms between looks whether the chain has grown. */
const LOOK = 5 * 60_000
const CHUNK = 500

export interface HeadsConfig {
  /** File of the lines. */
  auditHeads: string
  /** File of the key that signs them. */
  siteKey: string
  /** Each line is printed too, for the system's log to keep. */
  printHeads: boolean
}

interface Line {
  number: number
  sha256: string
  signed: string
  keyId: string
  signature: string
}

/** Keeps a line now, again and again, and at the end: `close` waits for it. */
export async function keepHeads(
  db: Kysely<Database>,
  config: HeadsConfig,
  failed: (error: unknown) => void,
): Promise<{ keep: () => Promise<void>; close: () => Promise<void> }> {
  const key = makeSiteKey(config.siteKey)
  await cutOffRest(config.auditHeads)
  let last = (await lastLine(config.auditHeads))?.number ?? 0
  const keep = async () => {
    const head = await headOf(db)
    if (!head || head.number === 0 || head.number === last) return
    // Where the chain is another one already, the line that shows it stays the last.
    if (!(await compareLastHead(db, config))) return
    const signed = `${head.number}:${head.sha256} ${new Date().toISOString()} ${key.id}`
    const line = `${signed} ${key.sign(signed)}`
    await mkdir(dirname(config.auditHeads), { recursive: true })
    await appendFile(config.auditHeads, `${line}\n`, { flush: true })
    if (config.printHeads) console.log(`audit ${line}`)
    last = head.number
  }
  const timer = setInterval(() => void keep().catch(failed), LOOK).unref()
  const close = async () => {
    clearInterval(timer)
    await keep().catch(failed)
  }
  return { keep, close }
}

/** Whether the chain fits the line kept last; what is wrong is told like a broken chain. Done at a start before anything is chained. */
export async function compareLastHead(
  db: Kysely<Database>,
  { auditHeads, siteKey }: HeadsConfig,
): Promise<boolean> {
  const line = await lastLine(auditHeads)
  const fault = line ? await faultIn(db, [line], readSiteKey(siteKey)) : null
  if (!fault) return true
  await db.deleteFrom('audit_chain').where('name', '=', 'broken').execute()
  const row = { name: 'broken', ...fault, sha256: '', at: Date.now() } as const
  await db.insertInto('audit_chain').values(row).execute()
  return false
}

/** The first line that the chain contradicts, or that the site's key has not signed; null where there is none, or no file. */
export async function checkHeads(
  db: Kysely<Database>,
  { auditHeads, siteKey }: Pick<HeadsConfig, 'auditHeads' | 'siteKey'>,
): Promise<Fault | null> {
  const key = readSiteKey(siteKey)
  for (const some of inChunks((await linesIn(auditHeads)).map(parse), CHUNK)) {
    const fault = await faultIn(db, some, key)
    if (fault) return fault
  }
  return null
}

async function faultIn(
  db: Kysely<Database>,
  lines: readonly Line[],
  key: SiteKey | null,
): Promise<Fault | null> {
  if (lines.length === 0) return null
  const numbers = lines.map(({ number }) => number)
  const rows = await db
    .selectFrom('audit')
    .select(['number', 'sha256'])
    .where('number', 'in', numbers)
    .execute()
  const hashes = new Map(rows.map((row) => [row.number, row.sha256]))
  for (const { number, sha256, signed, keyId, signature } of lines) {
    if (key?.id !== keyId || !key.isOwn(signed, signature)) {
      return {
        number,
        message: `The line kept outside for row ${number} was not signed by this site's key: it was forged, or the key is another one.`,
      }
    }
    const found = hashes.get(number)
    if (found === sha256) continue
    const what =
      found === undefined
        ? 'is gone: rows were taken from the end'
        : 'is another one: the chain was written anew'
    return { number, message: `Row ${number}, which was kept outside the database, ${what}.` }
  }
  return null
}

function parse(text: string): Line {
  const [head = '', time = '', keyId = '', signature = ''] = text.split(' ')
  const [, number, sha256] = /^(\d+):([0-9a-f]{64})$/.exec(head) ?? []
  return {
    ...{ number: Number(number ?? 0), sha256: sha256 ?? '' },
    ...{ signed: `${head} ${time} ${keyId}`, keyId, signature },
  }
}

/** Whole lines; what a crash has cut off at the end is none. */
async function linesIn(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').slice(0, -1)
}

async function lastLine(file: string): Promise<Line | undefined> {
  const last = (await linesIn(file)).at(-1)
  return last === undefined ? undefined : parse(last)
}

/** So that the next line begins a line. */
async function cutOffRest(file: string): Promise<void> {
  const lines = await linesIn(file)
  const bytes = Buffer.byteLength(lines.map((line) => `${line}\n`).join(''))
  await truncate(file, bytes).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

const headOf = (db: Kysely<Database>) =>
  db.selectFrom('audit_chain').select(['number', 'sha256']).where('name', '=', 'head').executeTakeFirst()
