/** Names and numbers as programs and people write them into lists: what is none of it, and what nobody sees in it. */

/** What stands for nothing in a list. A surname may be Null or Nan, so the words count only as programs write them. */
const NOTHING =
  /^(?:[-–—_/\\.*?？。]+|NULL|null|\(null\)|<null>|NaN|nan|None|none|undefined|N\/?A|n\/?a|nil|无|暂无|未知|不详|未填|空)$/

/** Whether a text says that there is nothing to say. */
export const saysNothing = (text: string): boolean => NOTHING.test(text.normalize('NFKC').trim())

/** Spaces of no width, marks of direction and soft hyphens; what joins letters stays, for some scripts need it. */
const UNSEEN = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?!\s)\p{Cc}/gu

/** A name as it is kept: as it was written, composed, without what nobody sees, one space between its parts. */
export const writtenName = (text: string): string =>
  text.replace(UNSEEN, '').normalize('NFC').replace(/\s+/gu, ' ').trim()

/** The bytes of Windows-1252 beyond Latin-1, from 0x80 on. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/**
 * Whether a text was read in another encoding than it was written in, before it came: UTF-8 as Windows-1252 (MÃ¼ller), UTF-8 as GBK
 * twice (锟斤拷), or question marks for all that could not be written.
 */
export function isGarbled(text: string): boolean {
  if (/锟斤拷|\?{2,}|？{2,}/u.test(text)) return true
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0)!
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : 0x80 + WINDOWS.indexOf(sign)
    if (byte === 0x7f) return false
    bytes.push(byte)
  }
  if (bytes.every((byte) => byte < 0x80)) return false
  const read = new TextDecoder().decode(Uint8Array.from(bytes))
  // Some of the bytes have no letter in Windows-1252 and are gone; three that make a Chinese one meet by no chance.
  return !read.includes('\ufffd') || /\p{Script=Han}/u.test(read)
}
