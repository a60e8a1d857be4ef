/**
 * What a transaction wrote is on the disk before anyone is told that it is done, as `synchronous = FULL` has it; but the wait for the disk is
 * not within the turn of the loop, where it would hold up all others, and transactions that end meanwhile wait for the next one together.
 */
import { type FileHandle, open } from 'node:fs/promises'
import type SQLite from 'better-sqlite3'
import { type DatabaseConnection, SqliteDialect, type SqliteDialectConfig, SqliteDriver } from 'kysely'

/** Brings a file to the disk, once for all who ask while it waits. */
export class DiskSync {
  readonly #path: string
  #file: FileHandle | undefined
  #now: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Kept when all that was in the file before this call is on the disk. Errors: the disk's. */
  settled(): Promise<void> {
    // What is under way may have begun before: only one that begins after this call has all of it.
    if (this.#next) return this.#next
    if (!this.#now) return this.#begin()
    this.#next = this.#now
      .catch(() => {})
      .then(() => {
        this.#next = undefined
        return this.#begin()
      })
    return this.#next
  }

  async close(): Promise<void> {
    await this.#file?.close()
  }

  protected async sync(): Promise<void> {
    this.#file ??= await open(this.#path, 'r+')
    await this.#file.datasync()
  }

  #begin(): Promise<void> {
    this.#now = this.sync().finally(() => {
      this.#now = undefined
    })
    return this.#now
  }
}

/** Transactions end without a wait for the disk, which is left to `DiskSync`; a statement by itself waits for it as before. */
export class UnwaitingDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #connection: SQLite.Database

  constructor(config: SqliteDialectConfig, connection: SQLite.Database) {
    super(config)
    this.#config = config
    this.#connection = connection
  }

  override createDriver() {
    return new UnwaitingDriver(this.#config, this.#connection)
  }
}

class UnwaitingDriver extends SqliteDriver {
  readonly #connection: SQLite.Database

  constructor(config: SqliteDialectConfig, connection: SQLite.Database) {
    super(config)
    this.#connection = connection
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#connection.pragma('synchronous = NORMAL')
    await super.beginTransaction(connection)
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#wait()
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection)
    this.#wait()
  }

  #wait(): void {
    this.#connection.pragma('synchronous = FULL')
  }
}
