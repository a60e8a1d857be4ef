import { estimateScale, type FieldImage } from '../../../vision/index.ts'
import { report } from '../../analyze.ts'
import { counted } from '../read.ts'
import type { CellToRead } from './picture.ts'

/** A cell whose labels may not say how many µm a pixel is. */
export type LabelledCell = Omit<CellToRead, 'umPerPixel'> & { umPerPixel: number | undefined }

/**
 * Cells with a scale: `scale` for all, else that of the labels, else of the image's metadata, else an estimate. How many
 * images were estimated goes to the error stream.
 *
 * Errors: those of `imageOf` and `estimateScale`.
 */
export async function withScale(
  cells: readonly LabelledCell[],
  imageOf: (name: string) => Promise<FieldImage>,
  scale?: number,
): Promise<CellToRead[]> {
  const scales = new Map<string, number>()
  const estimates: number[] = []
  const look = async (name: string): Promise<number> => {
    const image = await imageOf(name)
    if (image.umPerPixel !== undefined) return image.umPerPixel
    const { umPerPixel } = await estimateScale(image)
    estimates.push(umPerPixel)
    return umPerPixel
  }
  const scaled: CellToRead[] = []
  for (const cell of cells) {
    const umPerPixel = scale ?? cell.umPerPixel ?? scales.get(cell.image) ?? (await look(cell.image))
    scales.set(cell.image, umPerPixel)
    scaled.push({ ...cell, umPerPixel })
  }
  if (estimates.length > 0) report(estimated(estimates))
  return scaled
}

function estimated(estimates: readonly number[]) {
  const [least, most] = [Math.min(...estimates).toFixed(3), Math.max(...estimates).toFixed(3)]
  const range = least === most ? least : `${least} to ${most}`
  return {
    code: 'SCALE_ESTIMATED',
    message: `The scale of ${counted(estimates.length, 'image')}, ${range} µm per pixel, was only estimated; --scale is safer.`,
  }
}
