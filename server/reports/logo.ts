/** Logos of the letterhead. Each is kept for good under its hash, so that a signed report prints the one that it was signed with. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import sharp from 'sharp'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

/** Bytes of a file that may be given. */
const LOGO_BYTES = 512 * 1024
/** Pixels that a logo may have, and those that it is kept with at most: 60 × 20 mm at 300 dpi. */
const MOST_PIXELS = 16_000_000
const WIDTH = 708
const HEIGHT = 236
/** s that drawing it may take: a small file can describe a large drawing. */
const SECONDS = 5
const FORMATS = ['png', 'svg', 'jpeg']
/** What a drawing may not do: declare entities, or bring in other files. */
const REACHES_OUT = /<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet|<(?:image|foreignObject|script)\b|@import/i

const nameOf = (sha256: string) => `logo ${sha256}`

/**
 * Draws a PNG, JPEG or SVG anew as a PNG, so that nothing but its pixels is kept, and keeps it; its SHA-256.
 * Errors: LOGO_TOO_LARGE, LOGO_NOT_READ.
 */
export async function keepLogo(db: Kysely<Database>, file: Buffer): Promise<string> {
  if (file.length > LOGO_BYTES) {
    throw new HttpError(413, 'LOGO_TOO_LARGE', 'The logo is larger than 512 kB. Choose a smaller file.')
  }
  const png = await redrawn(file)
  const sha256 = createHash('sha256').update(png).digest('hex')
  if (await findLogo(db, sha256)) return sha256
  const value = JSON.stringify({ png: png.toString('base64') })
  try {
    await db
      .insertInto('settings')
      .values({ name: nameOf(sha256), value, version: 1 })
      .execute()
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return sha256
}

/** The PNG of that hash; undefined where none is kept. */
export async function findLogo(db: Kysely<Database>, sha256: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', nameOf(sha256))
    .executeTakeFirst()
  return row && Buffer.from(JSON.parse(row.value).png, 'base64')
}

async function redrawn(file: Buffer): Promise<Buffer> {
  try {
    const picture = sharp(file, { limitInputPixels: MOST_PIXELS, pages: 1 })
    const { format } = await picture.metadata()
    if (!FORMATS.includes(format)) throw new Error(`${format} is no format of logos`)
    if (format === 'svg' && REACHES_OUT.test(file.toString('utf8'))) throw new Error('it reaches out')
    return await picture
      .timeout({ seconds: SECONDS })
      .autoOrient()
      .resize(WIDTH, HEIGHT, { fit: 'inside', withoutEnlargement: format !== 'svg' })
      .flatten({ background: '#ffffff' })
      .png({ compressionLevel: 9 })
      .toBuffer()
  } catch (error) {
    throw new HttpError(
      422,
      'LOGO_NOT_READ',
      'This file cannot be used as a logo. Choose a PNG, a JPEG, or a plain SVG that brings in no other file.',
      { why: (error as Error).message.slice(0, 200) },
    )
  }
}
