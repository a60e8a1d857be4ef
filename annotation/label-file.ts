import { readFile } from 'node:fs/promises'
import { MarrowscopeError } from '../cytology/errors.ts'
import { type DecodedText, decodeText } from './decode-text.ts'

/**
 * The text of a file of labels, in whatever encoding.
 *
 * Errors: LABELS_NOT_READABLE.
 */
export async function readLabels(file: string): Promise<string> {
  return (await decodeLabels(file)).text
}

/** The same, and how the bytes were read. Errors: LABELS_NOT_READABLE. */
export async function decodeLabels(file: string): Promise<DecodedText> {
  const decoded = decodeText(await bytesOf(file))
  if (decoded !== undefined) return decoded
  throw new MarrowscopeError(
    'LABELS_NOT_READABLE',
    `The labels ${file} are no text in UTF-8, GB18030 or UTF-16; save them as UTF-8.`,
    { file },
  )
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new MarrowscopeError(
      'LABELS_NOT_READABLE',
      `The labels ${file} cannot be read; check that the file is there and that you may open it.`,
      { file, cause },
    )
  }
}

/** The error for labels that are not what their format asks for; `where` is a line or an element, `why` says what is wrong. */
export function invalidLabels(
  code: 'COCO_INVALID' | 'LABELME_INVALID' | 'VOC_INVALID' | 'YOLO_INVALID' | 'TABLE_INVALID',
  file: string,
  where: string,
  why: string,
  cause?: unknown,
): MarrowscopeError {
  return new MarrowscopeError(code, `${file}, ${where}: ${why}; correct the file or export it again.`, {
    file,
    cause,
  })
}
