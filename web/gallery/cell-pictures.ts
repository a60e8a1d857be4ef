import type { Cell, Field } from '../api/types.ts'
import { pictureOr } from '../reading/case-picture.ts'
import { useCase } from '../reading/case-store.ts'

/** µm that each picture of a cell shows across: all are of one scale. */
export const CROP_UM = 22

/** The picture of a cell from its field; `pixels`: how many are wanted across. */
export function useCellPictures() {
  const store = useCase()
  return (cell: Cell, pixels: number) =>
    pictureOr(
      store.about.value?.imagesRemovedAt,
      `/api/cells/${cell.id}/crop?size=${pixels}&um=${CROP_UM}&v=${store.pictureVersion(cell)}`,
    )
}

/** Which of the nuclei in a picture of `side` px is meant: the cell's box, as a style. */
export function boxInPicture(cell: Cell, field: Field | undefined, side: number) {
  if (!field?.umPerPixel) return { display: 'none' }
  const px = (pixels: number) => Math.min(1, (pixels * field.umPerPixel!) / CROP_UM) * side
  const [width, height] = [px(cell.box.width), px(cell.box.height)]
  return {
    width: `${width}px`,
    height: `${height}px`,
    left: `${(side - width) / 2}px`,
    top: `${(side - height) / 2}px`,
  }
}
