import type { Readable } from 'node:stream'

/** Bytes. */
export interface Room {
  free: number
  total: number
}

/** Where images lie. Keys are made by the server (`fields/<id>`), never by a person. */
export interface Storage {
  /** Store a finished local file under `key`; it is there whole or not at all. The local file may be moved. */
  put(key: string, localFile: string): Promise<void>
  read(key: string): Promise<Readable>
  /** A path from which the networks and the image library can read; a store elsewhere keeps a local copy. */
  localPath(key: string): Promise<string>
  remove(key: string): Promise<void>
  /** Stores a few bytes and removes them again; gives the bytes that are left and those in all, null where nobody knows. Errors: why nothing can be stored. */
  check(): Promise<Room | null>
}
