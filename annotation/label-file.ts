import { readFile } from 'node:fs/promises'
import { MarrowscopeError } from '../cytology/errors.ts'

/**
 * The text of a file of labels.
 *
 * Errors: LABELS_NOT_READABLE.
 */
export async function readLabels(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
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
