/** Bytes of a text file as text, in the one encoding that most of the file is in. */

export type Encoding = 'UTF-8' | 'UTF-16' | 'GB18030'
export interface Decoded {
  text: string
  encoding: Encoding
  /** Lines, from 1, that seem to be in another encoding although every byte can be read. */
  strange: Set<number>
}

/** How a workbook begins that was not saved as text. */
const ZIP = [0x50, 0x4b, 3, 4]
/** Of all pairs of bytes, the share that may lie outside GB2312: rare characters of names. */
const MOST_RARE = 0.34

/**
 * The file's text and encoding: UTF-8 with or without a mark, UTF-16 with one, else GB18030, which holds GBK and GB2312. What
 * does not fit becomes U+FFFD where it stands; the lines beside it are read as they are.
 * Errors: Error NOT_TEXT; ENCODING_NOT_KNOWN where the file is in neither.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (ZIP.every((byte, i) => bytes[i] === byte)) throw new Error('NOT_TEXT')
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe && 'utf-16le') ||
    (bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be')
  if (utf16) {
    const text = new TextDecoder(utf16).decode(bytes)
    // UTF-32 begins with the same mark.
    if (text.includes('\0\0') || /^\0|.\0.\0/.test(text)) throw new Error('NOT_TEXT')
    return plain(text, 'UTF-16')
  }
  let zeros = 0
  for (const byte of bytes) if (byte === 0) zeros++
  if (zeros * 100 > bytes.length) throw new Error('NOT_TEXT')
  if (isUtf8(bytes)) return plain(new TextDecoder().decode(bytes), 'UTF-8')
  if (!isGb18030(bytes)) throw new Error('ENCODING_NOT_KNOWN')
  const text = new TextDecoder('gb18030').decode(bytes)
  return { text, encoding: 'GB18030', strange: linesOfUtf8(bytes) }
}

const plain = (text: string, encoding: Encoding): Decoded => ({ text, encoding, strange: new Set() })

/** Whether more characters beyond ASCII are whole in UTF-8 than bytes are left over: in GB18030 nearly all would be. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  let whole = 0
  let broken = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code === 0xfffd) broken++
    else if (code > 0x7f) whole++
  }
  return broken <= whole
}

/**
 * Whether bytes beyond ASCII stand in pairs of which most are everyday characters. In a text of one byte a letter (Latin-1) they
 * stand alone, and in Big5 or Shift JIS too many pairs end below those of GB2312.
 */
function isGb18030(bytes: Uint8Array): boolean {
  let usual = 0
  let other = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    const next = bytes[i + 1] ?? 0
    if (bytes[i]! >= 0xa1 && next >= 0xa1 && next !== 0xff) usual++
    else other++
    if (next >= 0x40) i++
    else if (next >= 0x30 && (bytes[i + 2] ?? 0) >= 0x81) i += 3
  }
  return other <= (usual + other) * MOST_RARE
}

/**
 * Lines, from 1, of a GB18030 file that seem to be in UTF-8 and so were read as other characters: their bytes are whole in UTF-8,
 * and there they are three bytes a character, or letters with accents among letters.
 */
function linesOfUtf8(bytes: Uint8Array): Set<number> {
  const lines = new Set<number>()
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let start = 0
  let high = false
  for (let i = 0; i <= bytes.length; i++) {
    const byte = bytes[i]
    if (byte !== undefined && byte >= 0x80) high = true
    const ends = byte === 0x0a || (byte === 0x0d && bytes[i + 1] !== 0x0a) || byte === undefined
    if (!ends) continue
    if (high && looksLikeText(utf8, bytes.subarray(start, i))) lines.add(line)
    line++
    start = i + 1
    high = false
  }
  return lines
}

function looksLikeText(utf8: TextDecoder, bytes: Uint8Array): boolean {
  try {
    const text = utf8.decode(bytes)
    if (/[\u0800-\u{10ffff}]/u.test(text)) return true
    const beyond = text.match(/[^\0-\x7f]+/g) ?? []
    const among = text.match(/(?<=[a-z])[À-ÖØ-öø-ž]{1,2}|[À-ÖØ-öø-ž]{1,2}(?=[a-z])/gi) ?? []
    return beyond.length === among.length && beyond.every((run) => run.length <= 2)
  } catch {
    return false
  }
}
