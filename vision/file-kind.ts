import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { MarrowscopeError } from '../cytology/index.ts'

/** `sharp` reads the first five; the others have a decoder of their own. */
export type FileKind = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic' | 'bmp' | 'jp2' | 'jxl'

/** Said wherever a person chooses files. */
export const FORMATS_READ = 'JPEG, PNG, WebP, TIFF, BMP, HEIC, AVIF, JPEG 2000 or JPEG XL'

const PICTURES =
  '.jpg .jpeg .jpe .jfif .png .webp .tif .tiff .bmp .dib .heic .heif .avif .jp2 .j2k .j2c .jpf .jpx .jxl'
const SLIDES =
  '.svs .ndpi .ndpis .mrxs .scn .vms .vmu .bif .qptiff .vsi .czi .lif .lof .nd2 .oib .oif .oir .lsm .zvi .ims .kfb .kfbf .sdpc .tmap .mdsx .mds .isyntax .dcm .dicom'
const RAWS = '.dng .nef .nrw .cr2 .cr3 .arw .orf .rw2 .raf .pef .srw .x3f'
const OTHERS = '.gif .psd .psb .xcf .ai .ico .jxr .hdp .wdp .exr .hdr .tga .pcx .jpm'
const setOf = (list: string) => new Set(list.split(' '))
const [pictures, slides, raws, others] = [PICTURES, SLIDES, RAWS, OTHERS].map(setOf) as [
  Set<string>,
  Set<string>,
  Set<string>,
  Set<string>,
]

/** By its ending a picture, or a format of pictures that is not read and named where somebody hands it over. */
export function isNamedLikePicture(fileName: string): boolean {
  const ending = extname(fileName).toLowerCase()
  return [pictures, slides, raws, others].some((endings) => endings.has(ending))
}

/**
 * Errors: FIELD_FORMAT_NOT_READ for the endings of whole-slide scans and of cameras' raw files. Many of these are TIFF inside, of
 * which the first page would be taken for the field.
 */
export function refuseByEnding(fileName: string): void {
  const ending = extname(fileName).toLowerCase()
  const refuse = (what: string) => {
    throw new MarrowscopeError('FIELD_FORMAT_NOT_READ', `${fileName} is ${what}.`, { file: fileName })
  }
  if (slides.has(ending))
    refuse(
      `a slide file (${ending}), which is not read; export its fields as JPEG, PNG or TIFF from its viewer`,
    )
  if (raws.has(ending))
    refuse(`a camera's raw file (${ending}), which is not read; develop it to JPEG or TIFF`)
}

/**
 * What a file is by its first bytes, whatever its name; undefined where it is no picture that is read.
 *
 * Errors: FIELD_NOT_FOUND, FIELD_NOT_READABLE.
 */
export async function kindOfFile(path: string): Promise<FileKind | undefined> {
  return kindOfBytes(await firstBytes(path))
}

/**
 * As `kindOfFile`, with its endings.
 *
 * Errors: also FIELD_FORMAT_NOT_READ and FIELD_NOT_DECODABLE.
 */
export async function readableKind(path: string): Promise<FileKind> {
  const head = await firstBytes(path)
  refuseByEnding(path)
  const kind = kindOfBytes(head)
  if (kind) return kind
  const other = otherFormat(head)
  if (other)
    throw new MarrowscopeError(
      'FIELD_NOT_DECODABLE',
      `${path} is ${other}, which is not read; save the field as JPEG, PNG or TIFF.`,
      { file: path },
    )
  const why = head.length === 0 ? 'is empty' : `is not a ${FORMATS_READ} image`
  throw new MarrowscopeError(
    'FIELD_NOT_DECODABLE',
    `${path} ${why}; save the field in one of these formats again.`,
    { file: path },
  )
}

/** Only these formats reach a decoder, whatever the file is called and whatever else the decoder knows. */
function kindOfBytes(head: Buffer): FileKind | undefined {
  const hex = head.toString('hex')
  const text = (from: number, to: number) => head.toString('latin1', from, to)
  if (hex.startsWith('ffd8ff')) return 'jpeg'
  if (hex.startsWith('89504e470d0a1a0a')) return 'png'
  if (/^(49492a00|4d4d002a|49492b00|4d4d002b)/.test(hex)) return 'tiff'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (hex.startsWith('0000000c6a5020200d0a870a') || hex.startsWith('ff4fff51')) return 'jp2'
  if (hex.startsWith('ff0a') || hex.startsWith('0000000c4a584c200d0a870a')) return 'jxl'
  if (text(4, 8) === 'ftyp') {
    const brands = text(8, head.length)
    if (/avif|avis/.test(text(8, 12))) return 'avif'
    if (/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)/.test(brands))
      return /avif/.test(brands) ? 'avif' : 'heic'
  }
  // The size of the header tells a bitmap from a text that begins with BM.
  if (
    text(0, 2) === 'BM' &&
    head.length >= 18 &&
    [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))
  )
    return 'bmp'
  return undefined
}

/** Where they begin, how (hexadecimal), what they are. */
const OTHER = [
  [0, '47494638', 'a GIF'],
  [0, '38425053', 'a Photoshop file'],
  [0, '25504446', 'a PDF'],
  [0, '4949bc', 'a JPEG XR image'],
  [0, '5a495352415746494c45', 'a Zeiss slide file (CZI)'],
  [0, 'dacebe0a', 'a Nikon file (ND2)'],
  [0, '70000000', 'a Leica file (LIF)'],
  [0, 'd0cf11e0', 'a file of an older microscope program or of Office'],
  [4, '66747970637278', "a camera's raw file"],
  [128, '4449434d', 'a DICOM file'],
] as const

function otherFormat(head: Buffer): string | undefined {
  const hex = head.toString('hex')
  return OTHER.find(([at, begins]) => hex.startsWith(begins, 2 * at))?.[2]
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(132), 0, 132, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new MarrowscopeError('FIELD_NOT_FOUND', `There is no file ${path}; check its name.`, {
        file: path,
        cause,
      })
    }
    throw new MarrowscopeError(
      'FIELD_NOT_READABLE',
      `${path} cannot be read; check that it is a file you may open.`,
      { file: path, cause },
    )
  }
}
