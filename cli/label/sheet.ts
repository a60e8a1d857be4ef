import { join } from 'node:path'
import { type LabelledField, numbered, stem } from '../../annotation/index.ts'
import { openImage } from '../../vision/index.ts'
import { report } from '../analyze.ts'
import { openOutput, writeWhole } from '../output.ts'
import { imageFinder } from './check.ts'
import { forEachImage, imagesIn } from './find.ts'
import { counted, labelsIn, reportProblems } from './read.ts'
import { sheet } from './sheet-picture.ts'

type Options = { images: string; out: string; only?: string; zoom: number }

/** `label sheet`: a PNG for each labelled image. */
export async function labelSheets(path: string, options: Options): Promise<void> {
  const { fields, problems } = await labelsIn(path, { images: options.images })
  reportProblems(problems)
  const wanted = options.only === undefined ? undefined : await imagesIn(options.only)
  const chosen = fields.filter(({ file }) => wanted?.has(stem(file)) ?? true)
  const imageOf = await imageFinder(options.images)
  await openOutput(options.out, false)
  const fieldOf = new Map<string, LabelledField>()
  for (const field of chosen) {
    const image = imageOf(field.file)
    if (image !== undefined) fieldOf.set(image, numbered(field))
    else {
      const message = `The image ${field.file} is not in ${options.images}; give the folder that holds it.`
      report({ code: 'LABELLED_IMAGE_MISSING', message })
      process.exitCode = 1
    }
  }
  const files = [...fieldOf.keys()]
  const failed = await forEachImage(files, async (file) => {
    const field = fieldOf.get(file)!
    await writeWhole(
      join(options.out, `${stem(file)}.png`),
      await sheet(await openImage(file), field, options.zoom),
    )
  })
  console.log(`${counted(files.length - failed, 'sheet')} in ${options.out}`)
}
