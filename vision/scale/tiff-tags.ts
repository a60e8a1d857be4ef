import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

/** What a page of a TIFF says about itself that the decoder does not pass on. */
export type TiffTags = {
  description: string
  /** Pixels per resolution unit along x; undefined when absent. */
  xResolution: number | undefined
  /** 1 none, 2 inch, 3 centimetre. */
  resolutionUnit: number
  /** The file ends before data that the page points to. */
  cutShort: boolean
}

/** A page of a TIFF. Names and numbers are those of TIFF 6.0. */
export type TiffPage = TiffTags & {
  /** Pixels, before the orientation has been applied. */
  width: number
  height: number
  /** Of each sample. */
  bits: number[]
  /** 1 unsigned, 2 signed, 3 floating point, 4 not said. */
  sampleFormat: number
  samples: number
  photometric: number
  compression: number
  /** 1 none, 2 differences of whole numbers, 3 of floating point. */
  predictor: number
  littleEndian: boolean
  /** 0 not said, 1 and 2 transparency; one number for each sample beyond the colours. */
  extraSamples: number[]
  orientation: number
  /** A smaller copy of another page, or a mask of it. */
  reduced: boolean
  /** MaxSampleValue; undefined when absent. */
  maxSample: number | undefined
  /** ICC profile; undefined when absent. */
  icc: Buffer | undefined
  /** The camera's; empty when absent. */
  make: string
  model: string
  /** The picture of a camera's raw file (DNG), or its small copy. */
  raw: boolean
}

const BYTES_PER_VALUE: Record<number, number> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
} // biome-ignore format: a table

const DESCRIPTION = 270
const X_RESOLUTION = 282
const RESOLUTION_UNIT = 296
const MAX_PAGES = 10_000
/** Photometric interpretations of a sensor's own values. */
const SENSOR = [32803, 34892]
const DNG_VERSION = 50706
/** Strip or tile offsets, each with the tag of the byte counts. */
const DATA = new Map([[273, 279], [324, 325]]) // biome-ignore format: pairs

type Entry = { type: number; count: number; bytes: Buffer }

/**
 * Reads the directories of a TIFF or BigTIFF file of either byte order (TIFF 6.0, section 2; BigTIFF design), in the order
 * of the file. Never throws on damaged content: what cannot be read counts as cut short. At least one page.
 */
export async function readTiffPages(path: string): Promise<TiffPage[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { little, big, first } = await readHeader(file)
    const pages: TiffPage[] = []
    const seen = new Set<number>()
    let at = first
    do {
      seen.add(at)
      const entries = await readEntries(file, size, { little, big, at })
      pages.push(pageOf(entries))
      at = entries.next
    } while (at > 0 && !seen.has(at) && pages.length < MAX_PAGES)
    return pages
  } finally {
    await file.close()
  }
}

/** The first page's. */
export async function readTiffTags(path: string): Promise<TiffTags> {
  const [{ description, xResolution, resolutionUnit, cutShort }] = (await readTiffPages(path)) as [TiffPage]
  return { description, xResolution, resolutionUnit, cutShort }
}

function pageOf({ found, little, cutShort }: Directory): TiffPage {
  const of = (tag: number) => numbers(found.get(tag), little)
  const samples = of(277)[0] ?? 1
  const photometric = of(262)[0] ?? 1
  const subfile = of(254)[0] ?? 0
  return {
    description: text(found.get(DESCRIPTION)?.bytes),
    xResolution: rational(found.get(X_RESOLUTION), little),
    resolutionUnit: of(RESOLUTION_UNIT)[0] ?? 2,
    cutShort,
    width: of(256)[0] ?? 0,
    height: of(257)[0] ?? 0,
    bits: of(258).length > 0 ? of(258) : [1],
    sampleFormat: of(339)[0] ?? 1,
    samples,
    photometric,
    compression: of(259)[0] ?? 1,
    predictor: of(317)[0] ?? 1,
    littleEndian: little,
    extraSamples: of(338),
    orientation: of(274)[0] ?? 1,
    reduced: (subfile & 5) !== 0 || of(255)[0] === 2,
    maxSample: of(281)[0],
    icc: found.get(34675)?.bytes,
    make: text(found.get(271)?.bytes),
    model: text(found.get(272)?.bytes),
    raw: found.has(DNG_VERSION) || SENSOR.includes(photometric),
  }
}

/** Some programs write the µ of ImageJ and OME in the old 8-bit code. */
function text(bytes: Buffer = Buffer.alloc(0)): string {
  let read: string
  try {
    read = new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    read = bytes.toString('latin1')
  }
  return read.replace(/\0+$/, '')
}

type Directory = {
  found: Map<number, Entry>
  little: boolean
  cutShort: boolean
  /** Where the next directory is; 0 after the last. */
  next: number
}

async function readHeader(file: FileHandle) {
  const header = await readAt(file, 0, 16)
  const little = header.toString('latin1', 0, 2) === 'II'
  if (header.length < 16) return { little, big: false, first: 0 }
  const big = u16(header, 2, little) === 43
  return { little, big, first: big ? pointer(header, 8, 8, little) : pointer(header, 4, 4, little) }
}

async function readEntries(
  file: FileHandle,
  size: number,
  { little, big, at: directory }: { little: boolean; big: boolean; at: number },
): Promise<Directory> {
  const found = new Map<number, Entry>()
  const result: Directory = { found, little, cutShort: true, next: 0 }
  const pointerSize = big ? 8 : 4
  if (directory < 8 || directory >= size) return result
  const head = await readAt(file, directory, pointerSize)
  const countSize = big ? 8 : 2
  if (head.length < countSize) return result
  const count = pointer(head, 0, countSize, little)
  const entrySize = big ? 20 : 12
  if (count > 4096) return result
  const table = await readAt(file, directory + countSize, count * entrySize)
  if (table.length < count * entrySize) return result
  result.cutShort = false
  const after = await readAt(file, directory + countSize + table.length, pointerSize)
  if (after.length === pointerSize) result.next = pointer(after, 0, pointerSize, little)
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
