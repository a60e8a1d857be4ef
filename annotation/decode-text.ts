/** What the bytes of a text file say. */
export interface DecodedText {
  text: string
  /** How the bytes were read, by its usual name. */
  encoding: string
  /** Lines, from 1, that hold a character which was cut in two. */
  damagedLines: number[]
}

/**
 * Reads bytes as text: by a byte order mark, else as UTF-8, else as the head of an XML file says, else as GB18030, which
 * holds GBK and GB2312. UTF-16 without a mark is known by its zero bytes, UTF-8 with damage by its sound characters, and
 * letters with accents that stand alone between plain ones are no Chinese but Windows-1252.
 * undefined where the bytes are no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const utf16 = utf16In(bytes)
  if (utf16 !== undefined) return as(utf16, bytes, 'UTF-16')
  if (bytes.includes(0)) return undefined
  const utf8 = as('utf-8', bytes, 'UTF-8')
  const chinese = as('gb18030', bytes, 'GB18030')
  if (utf8 !== undefined) return isChineseMistaken(utf8.text, chinese?.text) ? chinese : utf8
  return asItsHeadSays(bytes) ?? damagedUtf8(bytes) ?? accented(bytes) ?? chinese
}

function as(label: string, bytes: Uint8Array, encoding: string): DecodedText | undefined {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes)
    return { text, encoding, damagedLines: [] }
  } catch {
    return undefined
  }
}

function utf16In(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Plain letters and line ends have a zero beside them.
  let [even, odd] = [0, 0]
  for (const [place, byte] of bytes.entries()) {
    if (byte !== 0) continue
    if (place % 2 === 0) even++
    else odd++
  }
  if (even === odd) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/**
 * Some words in GBK are valid UTF-8 by chance: 图片 reads 'ͼƬ'. Such a text has letters of two scripts side by side, or an
 * accent on nothing, where GB18030 gives Chinese throughout.
 */
function isChineseMistaken(text: string, chinese: string | undefined): boolean {
  if (chinese === undefined || !/[\u0080-\u07ff]/.test(text) || /[\u0800-\uffff]/.test(text)) return false
  if (/[^\p{ASCII}\p{Script=Han}]/u.test(chinese)) return false
  if (/\p{Cn}|(^|[^\p{L}\p{M}])\p{M}/u.test(text)) return true
  return (text.match(/[\u0080-\u07ff]+/g) ?? []).some((word) => {
    return SCRIPTS.filter((script) => script.test(word)).length > 1
  })
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Syriac}/u,
  /\p{Script=Thaana}/u,
  /\p{Script=Nko}/u,
]

/** The encoding that an XML file names; Chinese ones are left to GB18030, which holds more. */
function asItsHeadSays(bytes: Uint8Array): DecodedText | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/.exec(head)?.[1]
  return named === undefined || /^(gb|utf)/i.test(named) ? undefined : as(named, bytes, named)
}

/** Chinese in UTF-8 with some damage; GB2312 has no bytes between 0x80 and 0xa0, of which UTF-8 is full. */
function damagedUtf8(bytes: Uint8Array): DecodedText | undefined {
  if (!bytes.some((byte) => byte >= 0x80 && byte <= 0xa0)) return undefined
  const text = new TextDecoder('utf-8').decode(bytes)
  const damaged = text.match(/\uFFFD/g)?.length ?? 0
  const sound = text.match(/[\u0800-\uffef]/g)?.length ?? 0
  if (damaged > sound) return undefined
  const damagedLines = text.split('\n').flatMap((line, at) => (line.includes('\uFFFD') ? [at + 1] : []))
  return { text, encoding: 'UTF-8', damagedLines }
}

function accented(bytes: Uint8Array): DecodedText | undefined {
  const alone = bytes.every((byte, at) => byte < 0x80 || (bytes[at + 1] ?? 0) < 0x80)
  return alone ? as('windows-1252', bytes, 'Windows-1252') : undefined
}
