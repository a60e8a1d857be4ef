import { ACCENT, FAULT } from '../report/chart.ts'
import type { Html } from '../report/html.ts'
import { picture } from '../report/picture.ts'
import type { DetectionMistake, RecognitionMistake } from '../report/report.ts'

/** Side of a picture: what the recogniser sees around a cell, µm. */
const SHOWN = 24

/** The pictures of a detector's mistakes: solid box for a labelled cell, dashed for a find. */
export function detectionPictures(mistakes: readonly DetectionMistake[]): Promise<Html[]> {
  return each(mistakes, ({ kind, file, box, centre, umPerPixel }) => {
    const side = Math.max(SHOWN / umPerPixel, 1.3 * Math.max(box?.[2] ?? 0, box?.[3] ?? 0))
    const outlines = box ? [{ box, colour: kind === 'extra' ? FAULT : ACCENT, dashed: kind === 'extra' }] : []
    return picture(file, centre, side, outlines, kind === 'extra' ? 'Wrong find' : 'Missed cell')
  })
}

/** The pictures of a recogniser's mistakes, all at the same physical scale. */
export function recognitionPictures(mistakes: readonly RecognitionMistake[]): Promise<Html[]> {
  return each(mistakes, ({ file, centre, umPerPixel, labelled, said }) => {
    return picture(file, centre, SHOWN / umPerPixel, [], `${labelled}, called ${said}`)
  })
}

/** One after the other: each decodes a whole image. */
async function each<T>(items: readonly T[], draw: (item: T) => Promise<Html>): Promise<Html[]> {
  const pictures: Html[] = []
  for (const item of items) pictures.push(await draw(item))
  return pictures
}
