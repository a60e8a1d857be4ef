/** What one person, and all of them, can use up. GB are 10⁹ bytes, as disks are sold. */
import { totalmem } from 'node:os'

/** Bytes but for `uploadsOfPerson`; Infinity where nothing is limited. */
export interface Limits {
  /** Memory for images that are decoded at once. */
  decoding: number
  /** Copies of fields that are kept for the pages. */
  renditions: number
  /** Unfinished uploads of one person: how many, and the sizes of their files together. */
  uploadsOfPerson: number
  uploadBytesOfPerson: number
  /** Of all together. */
  uploadBytesOfSite: number
  /** Images in cases that one person has uploaded. */
  storedOfPerson: number
  /** All that the site keeps. */
  storedOfSite: number
  /** What an upload leaves free on the disk. */
  free: number
}

const GB = 1e9
/** Of the memory: the networks, the database and the system want the rest. */
const SHARE = 0.5

/** Errors: a setting that is neither a number above 0 nor `none`. */
export function readLimits(env: NodeJS.ProcessEnv): Limits {
  const gigabytes = (name: string, without: number) => GB * positive(name, env[name], without)
  return {
    decoding: gigabytes('MARROWSCOPE_DECODE_GB', (SHARE * memory()) / GB),
    renditions: gigabytes('MARROWSCOPE_RENDITIONS_GB', 20),
    uploadsOfPerson: Math.ceil(positive('MARROWSCOPE_UNFINISHED', env.MARROWSCOPE_UNFINISHED, 100)),
    uploadBytesOfPerson: gigabytes('MARROWSCOPE_UNFINISHED_GB', 20),
    uploadBytesOfSite: gigabytes('MARROWSCOPE_UNFINISHED_SITE_GB', 100),
    storedOfPerson: gigabytes('MARROWSCOPE_PERSON_GB', Number.POSITIVE_INFINITY),
    storedOfSite: gigabytes('MARROWSCOPE_STORED_GB', Number.POSITIVE_INFINITY),
    free: gigabytes('MARROWSCOPE_FREE_GB', 1),
  }
}

function positive(name: string, text: string | undefined, without: number): number {
  if (text === undefined) return without
  if (text === 'none' && name !== 'MARROWSCOPE_DECODE_GB') {
    return name === 'MARROWSCOPE_FREE_GB' ? 0 : Number.POSITIVE_INFINITY
  }
  const given = text.trim() === '' ? Number.NaN : Number(text)
  if (!(given > 0 && Number.isFinite(given))) {
    throw new Error(
      `${name} is '${text}'; give a number above 0${name === 'MARROWSCOPE_DECODE_GB' ? '' : ', or none'}.`,
    )
  }
  return given
}

/** Bytes that this process may have: a container's limit where there is one. */
function memory(): number {
  const limit = process.constrainedMemory?.() ?? 0
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}
