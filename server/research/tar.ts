/** A file within a tar archive. `name` is plain ASCII of at most 100 letters, made by the program. */
export interface TarFile {
  name: string
  content: Uint8Array
}

const BLOCK = 512

/** The blocks of one file: header, content and padding (POSIX.1-1988, ustar). */
export function tarEntry({ name, content }: TarFile): Buffer {
  if (!PLAIN.test(name)) throw new Error(`'${name}' is no name for a file in an archive.`)
  return Buffer.concat([header(name, content.length, '0'), content, tarPadding(content.length)])
}

/**
 * What stands before the content of a file of `size` bytes, whatever letters its name has: others than plain ones, and more
 * than 100, are told in an extended header before it (POSIX.1-2001, pax). After the content comes `tarPadding`.
 */
export function tarHeader(name: string, size: number): Buffer {
  if (PLAIN.test(name)) return header(name, size, '0')
  const record = paxRecord('path', name)
  const plain = name.replace(/[^\w./-]/g, '_').slice(-100)
  return Buffer.concat([
    header('pax-header', record.length, 'x'),
    record,
    tarPadding(record.length),
    header(plain, size, '0'),
  ])
}

export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

const PLAIN = /^[\w./-]{1,100}$/

function header(name: string, size: number, kind: '0' | 'x'): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii')
  block.write(name, 0, 'ascii')
  octal(0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  // No time: when a set was taken out is nobody's concern who looks at the files.
  octal(0, 136, 12)
  block.write(`        ${kind}`, 148, 'ascii')
  block.write('ustar\x0000', 257, 'ascii')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

/** `LENGTH key=value` and a line's end; LENGTH counts its own digits too. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

/** What follows the last file. */
export const TAR_END = Buffer.alloc(2 * BLOCK)
