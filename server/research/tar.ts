/** A file within a tar archive. `name` is plain ASCII of at most 100 letters, made by the program. */
export interface TarFile {
  name: string
  content: Uint8Array
}

const BLOCK = 512

/** The blocks of one file: header, content and padding (POSIX.1-1988, ustar). */
export function tarEntry({ name, content }: TarFile): Buffer {
  if (!/^[\w./-]{1,100}$/.test(name)) throw new Error(`'${name}' is no name for a file in an archive.`)
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii')
  header.write(name, 0, 'ascii')
  octal(0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(content.length, 124, 12)
  // No time: when a set was taken out is nobody's concern who looks at the files.
  octal(0, 136, 12)
  header.write('        0', 148, 'ascii')
  header.write('ustar\x0000', 257, 'ascii')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)
  return Buffer.concat([header, content, padding])
}

/** What follows the last file. */
export const TAR_END = Buffer.alloc(2 * BLOCK)
