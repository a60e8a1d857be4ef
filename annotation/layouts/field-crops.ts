import { boxCentre, isCellClass, type LabelledCrop, type LabelledField } from '../labelled-image.ts'
import { scaleRequired } from './scales.ts'

/**
 * The cells of fields whose label is a cell type, each centred on its box; ignored boxes are left out.
 *
 * Errors: SCALE_REQUIRED.
 */
export function cropsOfFields(fields: readonly LabelledField[]): LabelledCrop[] {
  return fields.flatMap(({ file, source, umPerPixel, boxes }) =>
    boxes
      .filter(({ label, ignore }) => !ignore && isCellClass(label))
      .map(({ box, label }) => {
        if (umPerPixel === undefined) throw scaleRequired(file)
        return { file, source, type: label, umPerPixel, centre: boxCentre(box) }
      }),
  )
}
