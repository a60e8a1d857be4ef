import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

/** What the first page of a TIFF says about itself that the decoder does not pass on. */
export type TiffTags = {
  description: string
  /** Pixels per resolution unit along x; undefined when absent. */
  xResolution: number | undefined
  /** 1 none, 2 inch, 3 centimetre. */
  resolutionUnit: number
  /** The file ends before data that the first page points to. */
  cutShort: boolean
}

const BYTES_PER_VALUE: Record<number, number> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
} // biome-ignore format: a table

const DESCRIPTION = 270
const X_RESOLUTION = 282
const RESOLUTION_UNIT = 296
/** Strip or tile offsets, each with the tag of the byte counts. */
const DATA = new Map([[273, 279], [324, 325]]) // biome-ignore format: pairs

type Entry = { type: number; count: number; bytes: Buffer }

/**
 * Reads the first directory of a TIFF or BigTIFF file of either byte order (TIFF 6.0, section 2; BigTIFF design).
 * Never throws on damaged content: what cannot be read counts as cut short.
 */
export async function readTiffTags(path: string): Promise<TiffTags> {
  const file = await open(path)
  try {
    const entries = await readEntries(file, (await file.stat()).size)
    return {
      description: (entries.found.get(DESCRIPTION)?.bytes.toString('utf8') ?? '').replace(/\0+$/, ''),
      xResolution: rational(entries.found.get(X_RESOLUTION), entries.little),
      resolutionUnit: numbers(entries.found.get(RESOLUTION_UNIT), entries.little)[0] ?? 2,
      cutShort: entries.cutShort,
    }
  } finally {
    await file.close()
  }
}

async function readEntries(file: FileHandle, size: number) {
  const found = new Map<number, Entry>()
  const header = await readAt(file, 0, 16)
  const little = header.toString('latin1', 0, 2) === 'II'
  const result = { found, little, cutShort: true }
  if (header.length < 8) return result
  const big = u16(header, 2, little) === 43
  const pointerSize = big ? 8 : 4
  const directory = pointer(header, pointerSize, pointerSize, little)
  const head = await readAt(file, directory, pointerSize)
  const countSize = big ? 8 : 2
  if (head.length < countSize) return result
  const count = pointer(head, 0, countSize, little)
  const entrySize = big ? 20 : 12
  if (count > 4096) return result
  const table = await readAt(file, directory + countSize, count * entrySize)
  if (table.length < count * entrySize) return result
  result.cutShort = false
  for (let at = 0; at < table.length; at += entrySize) {
    const type = u16(table, at + 2, little)
    const values = pointer(table, at + 4, pointerSize, little)
    const length = values * (BYTES_PER_VALUE[type] ?? 1)
    const field = at + 4 + pointerSize
    const inline = length <= pointerSize
    const offset = inline ? 0 : pointer(table, field, pointerSize, little)
    if (!inline && offset + length > size) {
      result.cutShort = true
      continue
    }
    const bytes = inline ? table.subarray(field, field + length) : await readAt(file, offset, length)
    found.set(u16(table, at, little), { type, count: values, bytes })
  }
  for (const [offsetsTag, lengthsTag] of DATA) {
    const lengths = numbers(found.get(lengthsTag), little)
    const offsets = numbers(found.get(offsetsTag), little)
    if (offsets.some((offset, i) => offset + (lengths[i] ?? 0) > size)) result.cutShort = true
  }
  return result
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
  return buffer.subarray(0, bytesRead)
}

function u16(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
}

function u32(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}

function pointer(bytes: Buffer, at: number, length: number, little: boolean): number {
  if (length === 2) return u16(bytes, at, little)
  if (length === 4) return u32(bytes, at, little)
  return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
}

function numbers(entry: Entry | undefined, little: boolean): number[] {
  const width = BYTES_PER_VALUE[entry?.type ?? 0] ?? 0
  if (!entry || ![2, 4, 8].includes(width)) return []
  return Array.from({ length: entry.count }, (_, i) => pointer(entry.bytes, i * width, width, little))
}

function rational(entry: Entry | undefined, little: boolean): number | undefined {
  if (entry?.type !== 5 || entry.bytes.length < 8) return undefined
  const value = u32(entry.bytes, 0, little) / u32(entry.bytes, 4, little)
  return Number.isFinite(value) && value > 0 ? value : undefined
}
