import { MarrowscopeError } from '../../cytology/index.ts'
import { estimateScale, type FieldImage, openImage } from '../../vision/index.ts'
import type { Provenance } from '../report/report.ts'

/** How an evaluation goes over its images. */
export type Going = {
  /** Use the pipeline's own estimate of µm per pixel instead of the labelled one. */
  estimateScale: boolean
  /** Called after each image. */
  onImage?: () => void
}

export type Failure = Provenance['failures'][number]

type Labelled = { file: string; umPerPixel?: number; width?: number; height?: number }

/** Errors: IMAGE_SIZE_DIFFERS where the labels are of another size than the image: their boxes lie elsewhere. */
function refuseOtherSize({ file, width, height }: Labelled, image: FieldImage): void {
  if (width === undefined || (width === image.width && height === image.height)) return
  throw new MarrowscopeError(
    'IMAGE_SIZE_DIFFERS',
    `${file} has ${image.width}×${image.height} pixels, its labels say ${width}×${height}; label the image as it is.`,
    { file },
  )
}

/**
 * Opens each image and measures it, one after the other. Those that cannot be opened or measured are failures; the
 * others still go through.
 * @param items `umPerPixel` is the labelled scale; without one the file's metadata or the estimate is used
 */
export async function overImages<Item extends Labelled, Result>(
  items: readonly Item[],
  going: Going,
  measure: (item: Item, image: FieldImage, umPerPixel: number) => Promise<Result>,
): Promise<{ results: Result[]; failures: Failure[] }> {
  const results: Result[] = []
  const failures: Failure[] = []
  for (const item of items) {
    try {
      const image = await openImage(item.file)
      refuseOtherSize(item, image)
      const known = going.estimateScale ? undefined : (item.umPerPixel ?? image.umPerPixel)
      results.push(await measure(item, image, known ?? (await estimateScale(image)).umPerPixel))
    } catch (error) {
      if (!(error instanceof MarrowscopeError)) throw error
      failures.push({ file: item.file, code: error.code, message: error.message })
    }
    going.onImage?.()
  }
  return { results, failures }
}
