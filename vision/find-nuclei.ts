import type { Box } from './box.ts'
import type { FieldImage } from './decode.ts'
import { raster } from './raster.ts'
import { stain } from './stain.ts'

/** Working scale: fine enough for an outline, coarse enough to be quick. */
const UM_PER_PIXEL = 0.25
/** Area of a nucleus, or of several that touch, µm²; smaller are platelets and dirt. */
const MIN_AREA = 12
/** The cell around a nucleus: so much is added on each side, as a share of the nucleus. */
const MARGIN = 0.12

/**
 * Boxes around what is stained like a nucleus, grown a little for the cytoplasm: a look at the field that knows nothing of
 * the detector's training, for finding what it missed. Nuclei that touch are one box. Pixels of the original image.
 *
 * Errors: those of `raster`.
 */
export async function findNuclei(image: FieldImage, umPerPixel: number): Promise<{ box: Box }[]> {
  const field = await raster(image, umPerPixel, UM_PER_PIXEL)
  const { nuclear } = stain(field)
  const [scaleX, scaleY] = [image.width / field.width, image.height / field.height]
  return regions(nuclear, field.width)
    .filter(({ area }) => area * UM_PER_PIXEL ** 2 >= MIN_AREA)
    .map(({ left, top, right, bottom }) => {
      const [w, h] = [right - left + 1, bottom - top + 1]
      const x = Math.max(0, left - w * MARGIN)
      const y = Math.max(0, top - h * MARGIN)
      const box: Box = [
        x * scaleX,
        y * scaleY,
        (Math.min(field.width, right + 1 + w * MARGIN) - x) * scaleX,
        (Math.min(field.height, bottom + 1 + h * MARGIN) - y) * scaleY,
      ]
      return { box }
    })
}

type Region = { left: number; top: number; right: number; bottom: number; area: number }

/** Four-connected regions of ones. */
function regions(mask: Uint8Array, width: number): Region[] {
  const seen = new Uint8Array(mask.length)
  const found: Region[] = []
  const stack: number[] = []
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || seen[start]) continue
    const region: Region = { left: width, top: mask.length, right: 0, bottom: 0, area: 0 }
    seen[start] = 1
    stack.push(start)
    while (stack.length > 0) {
      const i = stack.pop()!
      const x = i % width
      const y = (i - x) / width
      region.left = Math.min(region.left, x)
      region.right = Math.max(region.right, x)
      region.top = Math.min(region.top, y)
      region.bottom = Math.max(region.bottom, y)
      region.area++
      const next = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]
      for (const n of next) {
        if (n < 0 || n >= mask.length || !mask[n] || seen[n]) continue
        seen[n] = 1
        stack.push(n)
      }
    }
    found.push(region)
  }
  return found
}
