/** For tests: text as bytes, as the programs of other people save it. */
export const ENCODINGS = [
  'UTF-8',
  'UTF-8 with a mark',
  'GB18030',
  'UTF-16LE',
  'UTF-16BE',
  'UTF-16 without a mark',
] as const
export type Encoding = (typeof ENCODINGS)[number]

export function encoded(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'UTF-8':
      return Buffer.from(text)
    case 'UTF-8 with a mark':
      return Buffer.from(`\uFEFF${text}`)
    case 'GB18030':
      return Buffer.from([...text].flatMap((sign) => CHINESE.get(sign) ?? [sign.charCodeAt(0)]))
    case 'UTF-16LE':
      return Buffer.from(`\uFEFF${text}`, 'utf16le')
    case 'UTF-16BE':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
    case 'UTF-16 without a mark':
      return Buffer.from(text, 'utf16le')
  }
}

/** The two bytes of each sign of GBK: Node can only read that encoding. */
const CHINESE = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gb18030')
for (let first = 0x81; first <= 0xfe; first++) {
  for (let second = 0x40; second <= 0xfe; second++) {
    const sign = decoder.decode(Uint8Array.of(first, second))
    if ([...sign].length === 1 && sign !== '\uFFFD') CHINESE.set(sign, [first, second])
  }
}
